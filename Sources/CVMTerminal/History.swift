import CLineEdit
import Glibc

/// What was typed before: one entry for each text, in a file that several sessions may share.
///
/// The file has a line for each entry, the oldest first; a line feed is written as `\n` and a backslash as `\\`. Lines
/// are only appended, each with one write, so that a killed process leaves whole lines behind; when there are many more
/// than needed, the file is replaced by a shorter one.
public final class History {
  /// The entries, the oldest first.
  public private(set) var entries: [String] = []
  private let path: String?
  private let limit: Int
  private var file = FileState()
  /// Why entries are not saved.
  public private(set) var problem: String?

  /// Longer texts are not remembered.
  private static let longestEntry = 1 << 17
  private static let retries = 100

  private struct FileState: Equatable {
    var inode: UInt64 = 0
    var size = 0
  }

  /// A history in a file, or only in memory.
  public init(path: String?, limit: Int = 10_000) {
    self.path = path
    self.limit = limit
    refresh()
  }

  /// `$XDG_STATE_HOME/NAME/history`; nil without a home directory.
  public static func standardPath(_ name: String) -> String? { standardFolder(name).map { "\($0)/history" } }

  /// `$XDG_STATE_HOME/NAME`; nil without a home directory.
  public static func standardFolder(_ name: String) -> String? {
    if let state = environmentVariable("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/\(name)" }
    return environmentVariable("HOME").map { "\($0)/.local/state/\(name)" }
  }

  // MARK: Adding

  /// Remembers a text, unless it is blank, begins with a blank, or is the last entry again.
  public func add(_ text: String) {
    guard let first = text.unicodeScalars.first, first != " ", first != "\t",
      !text.allSatisfy(\.isWhitespace), text.utf8.count <= Self.longestEntry
    else { return }
    refresh()
    guard entries.last != text else { return }
    append(text)
    save(text)
  }

  private func append(_ text: String) {
    if let index = entries.lastIndex(of: text) { entries.remove(at: index) }
    entries.append(text)
    if entries.count > limit { entries.removeFirst(entries.count - limit) }
  }

  private func save(_ text: String) {
    guard let path else { return }
    makeDirectory(path)
    let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { return fail() }
    defer { close(descriptor) }
    lock(descriptor)
    var line = Array(Self.encoded(text).utf8) + [0x0A]
    let before = state(descriptor)
    if before.size > 0, !endsWithNewline(descriptor, before.size) { line.insert(0x0A, at: 0) }
    guard line.withUnsafeBytes({ write(descriptor, $0.baseAddress!, $0.count) }) == line.count else { return fail() }
    // Others may have added something since the last look, which is still to be read.
    if before == file { file = state(descriptor) }
    flock(descriptor, LOCK_UN)
  }

  private func fail() { if problem == nil { problem = String(cString: strerror(errno)) } }

  /// Waits a moment for other sessions; a stopped one must not stop this one.
  private func lock(_ descriptor: Int32) {
    for _ in 0..<Self.retries {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      usleep(2000)
    }
  }

  private func makeDirectory(_ path: String) {
    guard let slash = path.lastIndex(of: "/"), access(String(path[..<slash]), F_OK) != 0 else { return }
    var directory = ""
    for part in path[..<slash].split(separator: "/") {
      directory += "/" + part
      mkdir(directory, 0o700)
    }
  }

  private func endsWithNewline(_ descriptor: Int32, _ size: Int) -> Bool {
    var last: UInt8 = 0
    return pread(descriptor, &last, 1, size - 1) != 1 || last == 0x0A
  }

  private func state(_ descriptor: Int32) -> FileState {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return FileState() }
    return FileState(inode: UInt64(status.st_ino), size: Int(status.st_size))
  }

  // MARK: Reading

  private static let longestFile = 64 << 20

  /// Reads what this and other sessions added since the last time.
  public func refresh() {
    guard let path else { return }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let now = state(descriptor)
    guard now != file, isRegular(descriptor) else { return }
    let isSame = now.inode == file.inode && now.size >= file.size
    if isSame { lseek(descriptor, file.size, SEEK_SET) }
    guard let bytes = readFully(descriptor, limit: Self.longestFile) else { return }
    let lines = bytes.split(separator: 0x0A)
    if isSame {
      for line in lines { append(Self.decoded(line)) }
    } else {
      entries = Self.newest(lines, limit)
      if lines.count > 2 * limit { compact(path) }
    }
    file = FileState(inode: now.inode, size: max(now.size, (isSame ? file.size : 0) + bytes.count))
  }

  private func isRegular(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The newest entries, each once.
  private static func newest(_ lines: [ArraySlice<UInt8>], _ limit: Int) -> [String] {
    var seen: Set<ArraySlice<UInt8>> = []
    var result: [String] = []
    for line in lines.reversed() where result.count < limit && seen.insert(line).inserted {
      result.append(decoded(line))
    }
    return result.reversed()
  }

  /// Replaces the file by one with the entries only.
  private func compact(_ path: String) {
    let original = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard original >= 0 else { return }
    defer { close(original) }
    guard flock(original, LOCK_EX | LOCK_NB) == 0 else { return }
    // Another session may have added something, or replaced the file.
    var status = stat()
    guard let bytes = readFully(original, limit: Self.longestFile), stat(path, &status) == 0,
      UInt64(status.st_ino) == state(original).inode
    else { return }
    entries = Self.newest(bytes.split(separator: 0x0A), limit)
    let temporary = "\(path).\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    let text = entries.map { Self.encoded($0) + "\n" }.joined()
    let isWritten = writeFully(descriptor, Array(text.utf8)) && fsync(descriptor) == 0
    close(descriptor)
    if !isWritten || rename(temporary, path) != 0 { unlink(temporary) }
  }

  // MARK: Lines of the file

  static func encoded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  static func decoded(_ line: ArraySlice<UInt8>) -> String {
    guard line.contains(0x5C) else { return String(decoding: line, as: UTF8.self) }
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if isEscaped {
        bytes.append(byte == 0x6E ? 0x0A : byte)
        isEscaped = false
      } else if byte == 0x5C {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// Whether the UTF-8 begins with that of another text.
  func startsWithBytes(of prefix: String) -> Bool {
    guard utf8.count >= prefix.utf8.count else { return false }
    return utf8.starts(with: prefix.utf8)
  }

  /// The offset in UTF-8 at which another text occurs first.
  func offset(of pattern: String) -> Int? {
    var text = self
    var pattern = pattern
    let found = text.withUTF8 { text in
      pattern.withUTF8 { pattern in
        guard let start = text.baseAddress, let sought = pattern.baseAddress else { return Int64(-1) }
        return cle_find(start, text.count, sought, pattern.count)
      }
    }
    return found < 0 ? nil : Int(found)
  }
}
