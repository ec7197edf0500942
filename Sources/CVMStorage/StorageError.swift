/// Why a store did not do what it was asked for. What was acknowledged before is still there.
public enum StorageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The operating system's answer to an operation on a file of the store.
  case system(operation: String, path: String, reason: String)
  /// Another process has kept the whole store locked for too long.
  case busy(place: String)
  /// What the store holds is not what was written.
  case damaged(place: String, what: String)
  /// The place holds something else.
  case foreign(place: String)
  case newerVersion(place: String, version: Int, known: Int)
  /// There is no store at the place.
  case missing(place: String)
  case badName(String)
  case unknownExecution(String)
  case unknownProgram(String)
  case taken(String)
  /// Somebody else is at it.
  case owned(id: String, by: Owner)
  /// The execution has gone on since whoever commits looked at it.
  case sequence(id: String, expected: Int, found: Int)
  /// A state stands on one that the store does not have.
  case unknownParent(BlobAddress)

  public var description: String {
    switch self {
    case .system(let operation, let path, let reason): "Cannot \(operation) \(path): \(reason)"
    case .busy(let place): "The store \(place) is locked by another process; try again."
    case .damaged(let place, let what): "The store \(place) is damaged: \(what)"
    case .foreign(let place): "\(place) is no store of executions"
    case .newerVersion(let place, let version, let known):
      "The store \(place) was written by a newer version of this program (schema \(version); this one knows up to \(known))"
    case .missing(let place): "There is no store at \(place)"
    case .badName(let name):
      "`\(name.prefix(40))` is no name for an execution: letters, digits, `-`, `_` and `.` (not first), at most 100"
    case .unknownExecution(let id): "There is no execution \(id.prefix(100))"
    case .unknownProgram(let name): "There is no program \(name.prefix(100))"
    case .taken(let id): "There is already an execution \(id)"
    case .owned(let id, let owner): "\(id) is in the hands of \(owner)"
    case .sequence(let id, let expected, let found):
      "\(id) is at step \(found), not at step \(expected): it has gone on since"
    case .unknownParent(let address): "The store does not have the state \(address) that a state stands on"
    }
  }
}
