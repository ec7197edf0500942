import CVMRuntime
import CVMText

/// Why a checkpoint could not be written or opened.
public enum SnapshotError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The operating system's answer to an operation on a file.
  case system(operation: String, path: String, reason: String)
  /// The bytes are no checkpoint.
  case foreign(path: String)
  /// An image that another version of the program wrote.
  case otherProgram(path: String)
  /// A checkpoint where a session was wanted, or the other way round.
  case otherKind(path: String, SnapshotFile.Kind)
  case newerVersion(path: String, version: Int)
  /// A delta whose parent is not the image before it.
  case missingParent(path: String, parent: UInt64)
  /// Cut off, or too long.
  case wrongLength(path: String, expected: Int, found: Int)
  /// Compressed content that would need far more memory than the file is long.
  case expandsTooMuch(path: String, expected: Int, found: Int)
  /// The content is not what was written.
  case damaged(path: String, section: String, offset: Int)
  /// An image that was written so, but is no state that a machine can have.
  case unsound(path: String, section: String, offset: Int, reason: String)
  /// The content was written so, but it is no state that a machine can have.
  case malformed(path: String, PortableError)
  /// A text that is not JSON, or not the JSON of an execution.
  case json(path: String, JSONError)
  /// The machine's state can't be written.
  case notSavable(PortableError)

  public var description: String {
    switch self {
    case .system(let operation, let path, let reason): "Cannot \(operation) \(path): \(reason)"
    case .foreign(let path): "\(path) is no checkpoint: it does not begin as one"
    case .otherProgram(let path):
      "\(path) was written by another version of this program, and its pages fit that one alone: there, cvm-repl resume, "
        + ":save FILE and :checkpoint FILE leave a state that every version opens"
    case .otherKind(let path, .session): "\(path) is a saved session: :open \(path) goes on with it"
    case .otherKind(let path, .checkpoint): "\(path) is a checkpoint: :restore \(path) goes back to it"
    case .newerVersion(let path, let version):
      "\(path) was written by a newer version (format \(version); this one reads up to \(SnapshotFile.version))"
    case .missingParent(let path, let parent):
      "\(path) holds only what differs from the image \(String(parent, radix: 16)), which is not there"
    case .wrongLength(let path, let expected, let found):
      found < expected
        ? "\(path) is cut off: it has \(found) of \(expected) bytes"
        : "\(path) has \(found - expected) bytes more than it should"
    case .expandsTooMuch(let path, let expected, let found):
      "\(path) is refused: its \(found) bytes would expand to \(expected), more than "
        + "\(SnapshotFile.greatestExpansion) times as many; if an earlier version of this program wrote it, "
        + "\(SnapshotFile.expansionVariable)=\(Zstandard.greatestRatio) in the environment opens it"
    case .damaged(let path, let section, let offset):
      "\(path) is damaged: the checksum of \(section), from byte \(offset) of the file on, is wrong"
    case .unsound(let path, let section, let offset, let reason):
      "\(path) can't be opened: \(reason) (\(section), byte \(offset) of the file)"
    case .malformed(let path, let error): "\(path) can't be opened: \(error)"
    case .json(let path, let error): "\(path) can't be opened: \(error)"
    case .notSavable(let error): "\(error)"
    }
  }
}
