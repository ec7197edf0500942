import CVMSnapshot
import Glibc

/// What a session at a terminal leaves for `:recover` when its process is killed: after each statement an image of the heap,
/// or what differs from the one before, and an entry in a log.
///
/// A folder `FOLDER/sessions/TIME-PID` with the images and a file `log`, which is locked as long as the session lives. An entry
/// is a netstring and the checksum of its content, written at once: a torn one is the last. Nothing is brought to the disk:
/// what the kernel has survives the process.
final class Journal {
  static let folderName = "sessions"
  private static let logName = "log"

  let images: ImageFolder
  private let log: Int32
  /// What the log has of the session already.
  private var written = (makers: 0, typed: 0, checkpoint: 0)
  /// What the last entry said.
  private var lastMoment: Moment?

  /// Tells whether there is anything new.
  struct Moment: Equatable {
    var branch: String
    var statementNumber: Int
    var statement: Int
    var lineage: Int
    var isWaiting: Bool
    var typed: Int
    var checkpoint: Int

    /// Whether the heap is as it was.
    func hasSameHeap(as other: Moment) -> Bool {
      (branch, statementNumber, statement, lineage) == (
        other.branch, other.statementNumber, other.statement, other.lineage
      )
        && (isWaiting, checkpoint) == (other.isWaiting, other.checkpoint)
    }
  }

  /// Begins one below a session's folder, without what was typed before; nil where it cannot be written.
  init?(in stateFolder: String, typedBefore: Int = 0) {
    written.typed = typedBefore
    let root = Self.root(in: stateFolder)
    // Another session that looks for what was left may take an empty one away.
    for _ in 0..<3 {
      guard let path = Self.makeFolder(in: root) else { return nil }
      let log = open(Self.logPath(path), O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
      if log >= 0, flock(log, LOCK_EX | LOCK_NB) == 0, access(Self.logPath(path), F_OK) == 0 {
        self.log = log
        images = ImageFolder(path: path)
        return
      }
      if log >= 0 { close(log) }
    }
    return nil
  }

  /// Goes on with one that another process left.
  init(_ left: LeftJournal, written: (makers: Int, typed: Int, checkpoint: Int)) {
    (log, self.written) = (left.log, written)
    images = left.images
    images.keepsFiles = false
    _ = ftruncate(log, off_t(left.byteCount))
  }

  static func root(in stateFolder: String) -> String { "\(stateFolder)/\(folderName)" }

  private static func makeFolder(in root: String) -> String? {
    var folder = ""
    for part in root.split(separator: "/") {
      folder += "/\(part)"
      mkdir(folder, 0o700)
    }
    for attempt in 0..<100 {
      let path = "\(root)/\(time(nil))-\(getpid())\(attempt == 0 ? "" : "-\(attempt)")"
      if mkdir(path, 0o700) == 0 { return path }
      if errno != EEXIST { return nil }
    }
    return nil
  }

  static func logPath(_ folder: String) -> String { "\(folder)/\(logName)" }

  /// Whether an entry for this moment is due.
  func isDue(_ moment: Moment) -> Bool { moment != lastMoment }

  /// Whether the heap is as it was at the last entry.
  func hasSameHeap(_ moment: Moment) -> Bool { lastMoment.map { moment.hasSameHeap(as: $0) } ?? false }

  /// What of the session is new.
  func news(
    of session: Session
  ) -> (makers: [Statement], typed: [SessionHistory.Entry], checkpoints: [KeptCheckpoint]) {
    (
      Array(session.makers.dropFirst(written.makers)), Array(session.history.entries.dropFirst(written.typed)),
      session.checkpoints.filter { $0.number > written.checkpoint }
    )
  }

  /// Appends an entry; false when it can't be written.
  func append(_ entry: JournalEntry, at moment: Moment) -> Bool {
    let content = entry.encoded()
    var writer = NetstringWriter()
    writer.add(content)
    let sum = Checksum.of(content)
    let bytes = writer.bytes + (0..<8).map { UInt8(truncatingIfNeeded: sum >> ($0 * 8)) }
    guard bytes.withUnsafeBytes({ write(log, $0.baseAddress, $0.count) }) == bytes.count else { return false }
    written.makers += entry.makers.count
    written.typed += entry.typed.count
    written.checkpoint = max(written.checkpoint, entry.checkpoints.last?.number ?? 0)
    lastMoment = moment
    return true
  }

  /// Leaves it for `:recover`.
  func abandon() {
    images.keepsFiles = true
    close(log)
  }

  /// Removes the log; the images stay as long as something here needs them.
  func giveUp() {
    unlink(Self.logPath(images.path))
    close(log)
  }

  /// Removes it: the session ended as it should.
  func finish() {
    images.removeAll()
    unlink(Self.logPath(images.path))
    rmdir(images.path)
    close(log)
  }
}
