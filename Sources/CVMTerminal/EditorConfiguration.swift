import Glibc

/// The lines of `~/.editrc`, or of the file that `$EDITRC` names.
struct EditorConfiguration {
  struct Line {
    var number: Int
    var text: String
  }

  private(set) var path = ""
  private(set) var lines: [Line] = []
  /// `vi` or `emacs`, when a line chooses it.
  private(set) var mode: String?

  init(program: String) {
    // An empty EDITRC means none.
    if let value = getenv("EDITRC") {
      path = String(cString: value)
    } else if let home = environmentVariable("HOME") {
      path = home + "/.editrc"
    }
    guard !path.isEmpty, let text = Self.read(path) else { return }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      if let mode = Self.mode(words, program) {
        self.mode = mode
      } else {
        lines.append(Line(number: index + 1, text: String(line)))
      }
    }
  }

  /// `bind -v` resets all keys, so that the mode must be known before any of them is bound.
  private static func mode(_ words: [Substring], _ program: String) -> String? {
    guard words.count == 2 else { return nil }
    let parts = words[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.last == "bind", parts.count == 1 || parts[0] == program else { return nil }
    return words[1] == "-v" ? "vi" : words[1] == "-e" ? "emacs" : nil
  }

  private static let longestFile = 1 << 20

  private static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard let bytes = readFully(descriptor, limit: longestFile) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The bytes of a descriptor up to a limit; nil after an error.
func readFully(_ descriptor: Int32, limit: Int) -> [UInt8]? {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while bytes.count < limit {
    let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress!, $0.count) }
    if count == 0 { break }
    if count < 0 {
      if errno == EINTR { continue }
      return nil
    }
    bytes += buffer[..<count]
  }
  return bytes
}

/// Writes everything, also to a slow terminal; false after an error.
@discardableResult
func writeFully(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
  var offset = 0
  while offset < bytes.count {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + offset, bytes.count - offset) }
    if count > 0 {
      offset += count
    } else if errno == EAGAIN {
      var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&request, 1, 1000)
    } else if errno != EINTR {
      return false
    }
  }
  return true
}
