/// Why a `.heapsnapshot` could not be opened.
public enum HeapSnapshotError: Error, Equatable, CustomStringConvertible {
  case unreadable(reason: String)
  /// What is wrong, and at which byte of the file.
  case malformed(offset: Int, reason: String)
  case cancelled

  public var description: String {
    switch self {
    case .unreadable(let reason): reason
    case .malformed(let offset, let reason): "byte \(offset): \(reason)"
    case .cancelled: "interrupted"
    }
  }
}
