import Glibc

/// Reads lines from a descriptor with bounded memory.
final class LineReader {
  enum Line: Equatable {
    case text([UInt8])
    /// A line with more bytes than the limit; they were skipped.
    case tooLong(byteCount: Int)
    case end
    /// A signal came while there was nothing to read.
    case interrupted
  }

  private let descriptor: Int32
  private let limit: Int
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var start = 0
  private var end = 0

  init(descriptor: Int32, limit: Int) {
    self.descriptor = descriptor
    self.limit = limit
  }

  /// The next line without its line feed.
  func next() -> Line {
    var line: [UInt8] = []
    var skipped = 0
    while true {
      if start == end {
        let count = fill()
        if count < 0 { return .interrupted }
        if count == 0 {
          if skipped > 0 { return .tooLong(byteCount: skipped) }
          return line.isEmpty ? .end : .text(line)
        }
      }
      let newline = buffer[start..<end].firstIndex(of: 0x0A)
      let stop = newline ?? end
      if skipped > 0 || line.count + stop - start > limit {
        skipped += line.count + stop - start
        line = []
      } else {
        line += buffer[start..<stop]
      }
      start = newline.map { $0 + 1 } ?? end
      if newline != nil { return skipped > 0 ? .tooLong(byteCount: skipped) : .text(line) }
    }
  }

  private func fill() -> Int {
    let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress!, $0.count) }
    if count < 0 { return errno == EINTR ? -1 : 0 }
    start = 0
    end = count
    return count
  }
}

/// The bytes of a whole file or descriptor; nil with a reason in `errno` when it can't be read.
func readAll(_ descriptor: Int32) -> [UInt8]? {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress!, $0.count) }
    if count == 0 { return bytes }
    if count < 0 {
      if errno == EINTR { continue }
      return nil
    }
    bytes += buffer[..<count]
  }
}

/// Why a file could not be read, in words.
struct FileError: Error {
  let path: String
  let reason: String
  var message: String { "\(path): \(reason)" }
}

/// The bytes of a file; `-` is standard input.
func readFile(_ path: String) throws(FileError) -> [UInt8] {
  if path == "-" {
    guard let bytes = readAll(STDIN_FILENO) else {
      throw FileError(path: path, reason: String(cString: strerror(errno)))
    }
    return bytes
  }
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(path: path, reason: String(cString: strerror(errno))) }
  defer { close(descriptor) }
  guard let bytes = readAll(descriptor) else { throw FileError(path: path, reason: String(cString: strerror(errno))) }
  return bytes
}
