import CVMHeapGraph
import CVMReport
import Glibc

/// A kind of file that `open` knows: a row of `FileKinds`.
protocol FileKind: Sendable {
  /// What such a file is called in sentences: `a checkpoint`.
  static var title: String { get }
  /// Tells by the content whether a file is of this kind.
  static func recognizes(_ beginning: FileBeginning) -> Bool
  /// Opens a file of this kind.
  static func open(_ path: String, in session: Session) throws(CommandError) -> OpenedFile
}

/// What became of a file.
enum OpenedFile {
  /// A heap to look at, beside the live one.
  case heap(OpenedHeap)
  /// The session goes on with what the file holds: a sentence that says so, and the same for programs.
  case session(String, (inout JSONWriter) -> Void)
}

/// All kinds of files, asked in this order.
enum FileKinds {
  static let all: [any FileKind.Type] = [
    SessionFileKind.self, CheckpointFileKind.self, HeapSnapshotFileKind.self, ExecutionJSONFileKind.self,
    FirstCVMExecutionFileKind.self, FirstCVMProgramFileKind.self,
  ]

  /// Opens a file of whichever kind it is.
  static func open(_ path: String, in session: Session) throws(CommandError) -> OpenedFile {
    if FirstCVMFiles.isFolder(path) { return try FirstCVMFiles.open(folder: path, in: session) }
    let beginning: FileBeginning
    do throws(FileError) { beginning = try FileBeginning(path) } catch {
      throw .notFound("Cannot read \(error.message)")
    }
    guard let kind = all.first(where: { $0.recognizes(beginning) }) else {
      let titles = all.map { $0.title }
      let list = titles.count > 1 ? titles.dropLast().joined(separator: ", ") + " or " + titles.last! : titles[0]
      throw CommandError(
        status: .error,
        message: beginning.byteCount == 0 ? "\(path) is empty." : "\(path) is not \(list).")
    }
    return try kind.open(path, in: session)
  }
}

/// The first bytes of a file, by which its kind is told.
struct FileBeginning {
  static let length = 1 << 16
  let bytes: [UInt8]
  /// The size of the whole file.
  let byteCount: Int

  init(bytes: [UInt8], byteCount: Int) {
    self.bytes = bytes
    self.byteCount = byteCount
  }

  init(_ path: String) throws(FileError) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var status = stat()
    fstat(descriptor, &status)
    var buffer = [UInt8](repeating: 0, count: Self.length)
    var count = 0
    while count < buffer.count {
      let got = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + count, $0.count - count) }
      if got < 0, errno == EINTR { continue }
      if got < 0 { throw FileError(path: path, reason: String(cString: strerror(errno))) }
      if got == 0 { break }
      count += got
    }
    self.init(bytes: Array(buffer[..<count]), byteCount: max(Int(status.st_size), count))
  }

  func starts(with prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }

  /// The keys of the JSON object that the file begins with, as far as the beginning reaches.
  var jsonKeys: [String] {
    var keys: [String] = []
    var depth = 0
    var index = 0
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    var expectsKey = false
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if keys.isEmpty, depth == 0, byte == UInt8(ascii: "[") { return [] }
        depth += 1
        expectsKey = depth == 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth <= 0 { return keys }
      case UInt8(ascii: ","): expectsKey = depth == 1
      case UInt8(ascii: "\""):
        let start = index + 1
        index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        if depth == 0 { return keys }
        if expectsKey, depth == 1, index < bytes.count {
          keys.append(String(decoding: bytes[start..<index], as: UTF8.self))
        }
        expectsKey = false
      case 0x20, 0x09, 0x0A, 0x0D: break
      default: if depth == 0 { return keys }
      }
      index += 1
    }
    return keys
  }
}
