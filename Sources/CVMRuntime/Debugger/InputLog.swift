/// What a run got from outside and gave there, so that it can be run again from its start or a stop: then it gets the same,
/// and what it had given is not given again.
public final class InputLog {
  /// A place in the log.
  public struct Position: Sendable {
    fileprivate var times = 0
    fileprivate var files = 0
    fileprivate var outputs = 0

    public init() {}
  }

  private var times: [Double] = []
  private var files: [any Sendable] = []
  private var fileBytes = 0
  private var outputCount = 0
  /// Where the run is.
  public var position = Position()
  /// It got more than is kept: it cannot be run again.
  public private(set) var isIncomplete = false

  private static let timeLimit = 4 << 20
  private static let fileByteLimit = 256 << 20

  public init() {}

  /// Forgets what lies behind the position: the run takes another way.
  public func forgetRest() {
    times.removeLast(times.count - position.times)
    files.removeLast(files.count - position.files)
    outputCount = position.outputs
  }

  func time(_ now: () -> Double) -> Double {
    position.times += 1
    if position.times <= times.count { return times[position.times - 1] }
    let time = now()
    if times.count < Self.timeLimit { times.append(time) } else { isIncomplete = true }
    return time
  }

  /// Whether a piece of output was not written yet.
  func isNewOutput() -> Bool {
    position.outputs += 1
    guard position.outputs > outputCount else { return false }
    outputCount = position.outputs
    return true
  }

  func file<Result: Sendable>(
    _ size: (Result) -> Int, _ use: () -> FileAccess.Outcome<Result>
  ) -> FileAccess.Outcome<Result> {
    if position.files < files.count, let known = files[position.files] as? FileOutcome<Result> {
      position.files += 1
      return known.result.map { .done($0) } ?? .refused
    }
    let outcome = use()
    switch outcome {
    case .done(let result):
      fileBytes += size(result)
      add(FileOutcome(result: result))
    case .refused: add(FileOutcome<Result>(result: nil))
    // The same question is asked again.
    case .interrupted, .tooLarge: break
    }
    return outcome
  }

  private struct FileOutcome<Result: Sendable>: Sendable {
    let result: Result?
  }

  private func add<Result: Sendable>(_ outcome: FileOutcome<Result>) {
    guard fileBytes < Self.fileByteLimit else {
      isIncomplete = true
      return
    }
    files.removeLast(files.count - position.files)
    files.append(outcome)
    position.files += 1
  }
}

extension Machine {
  /// What time it is for the program.
  var currentTime: Double { inputs.map { $0.time(clock.now) } ?? clock.now() }

  /// Uses files, or does as if.
  func usingFiles<Result: Sendable>(
    _ size: (Result) -> Int, _ use: () -> FileAccess.Outcome<Result>
  ) -> FileAccess.Outcome<Result> {
    inputs.map { $0.file(size, use) } ?? use()
  }
}
