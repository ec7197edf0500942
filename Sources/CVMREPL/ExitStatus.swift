/// How a run of the program ends, as a status for the caller.
public enum ExitStatus: Int32, Sendable {
  case done = 0
  /// The program ended with an uncaught error.
  case error = 1
  case usage = 2
  case notFound = 3
  /// A limit was crossed.
  case limit = 4
  /// Paused at a `CC` with nobody to answer.
  case paused = 5
  case interrupted = 130
}
