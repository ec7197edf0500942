import CVMSnapshot
import Glibc

/// The journal of a session whose process is gone.
final class LeftJournal {
  /// More are given up, the oldest first.
  static let mostKept = 20

  let path: String
  /// Locked.
  let log: Int32
  let images: ImageFolder
  /// Of the entries that are whole.
  let byteCount: Int
  let entries: [JournalEntry]
  /// When the last entry was written, in seconds since 1970.
  let time: Int

  /// Nil when its session lives, or when there is nothing in it.
  init?(path: String) {
    let log = open(Journal.logPath(path), O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW)
    guard log >= 0 else { return nil }
    var status = stat()
    guard flock(log, LOCK_EX | LOCK_NB) == 0, fstat(log, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let bytes = try? readFile(Journal.logPath(path))
    else {
      close(log)
      return nil
    }
    (self.path, self.log, time) = (path, log, status.st_mtim.tv_sec)
    images = ImageFolder(path: path)
    images.keepsFiles = true
    (entries, byteCount) = Self.read(bytes)
  }

  private static func read(_ bytes: [UInt8]) -> ([JournalEntry], Int) {
    var entries: [JournalEntry] = []
    var rest = bytes[...]
    while let colon = rest.prefix(20).firstIndex(of: 0x3a),
      let count = Int(String(decoding: rest[..<colon], as: UTF8.self)), count >= 0,
      count <= rest.endIndex - colon - 10
    {
      let content = Array(rest[(colon + 1)..<(colon + 1 + count)])
      let sum = rest[(colon + 2 + count)..<(colon + 10 + count)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard sum == Checksum.of(content), let entry = JournalEntry(encoded: content) else { break }
      entries.append(entry)
      rest = rest[(colon + 10 + count)...]
    }
    return (entries, bytes.count - rest.count)
  }

  /// Unlocks it; it stays.
  func release() { close(log) }

  /// Removes it.
  func remove() {
    images.removeAll()
    unlink(Journal.logPath(path))
    rmdir(path)
    close(log)
  }

  var statements: [SessionHistory.Entry] { entries.flatMap(\.typed).filter { $0.number != nil } }

  /// The folders of all journals, the oldest first.
  private static func folders(in root: String) -> [String] {
    guard let directory = opendir(root) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.first != "." { names.append(name) }
    }
    return names.sorted().map { "\(root)/\($0)" }
  }

  /// All that were left below a session's folder, the newest first. Those without a statement are removed.
  static func all(in stateFolder: String?) -> [LeftJournal] {
    guard let stateFolder else { return [] }
    var left: [LeftJournal] = []
    for folder in folders(in: Journal.root(in: stateFolder)) {
      guard let journal = LeftJournal(path: folder) else {
        // One without a log is empty.
        rmdir(folder)
        continue
      }
      if journal.statements.isEmpty { journal.remove() } else { left.append(journal) }
    }
    left.sort { ($0.time, $0.path) > ($1.time, $1.path) }
    while left.count > mostKept { left.removeLast().remove() }
    return left
  }
}
