import Glibc

/// A file for readers that want a path.
struct InputFile {
  private let path: String
  private let descriptor: Int32

  static let heapSnapshot = InputFile("heapsnapshot")
  static let configuration = InputFile("editrc")

  private init(_ name: String) {
    path = FuzzTarget.folder + "/" + name
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
  }

  /// Its path once it holds an input; nil after an error.
  func path(holding bytes: [UInt8]) -> String? {
    guard descriptor >= 0, ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    else {
      return nil
    }
    return path
  }
}
