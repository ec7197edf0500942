import CSQLite
import Glibc

/// Executions in one SQLite database.
public final class SQLiteStore: ExecutionStore, @unchecked Sendable {
  public let place: String
  private let path: String
  private let lock = Lock()
  let connection: SQLiteConnection

  /// Opens the database in a file; the file and its folders are made when there is none, unless `creates` is false.
  public init(
    path: String, durability: Durability = .powerLoss, creates: Bool = true, vfs: String? = nil,
    busyTimeout: Double = 10
  ) throws(StorageError) {
    self.path = path
    place = "sqlite:\(path)"
    try Self.makeFile(path, creates: creates)
    do throws(SQLiteError) {
      connection = try SQLiteConnection(path: path, vfs: vfs, busyTimeout: Int32(busyTimeout * 1000))
    } catch {
      throw Self.storageError(error, "open", path)
    }
    try translating("open") { () throws(SQLiteError) in try prepare(durability) }
    try migrate()
  }

  /// The file exists before SQLite sees it, so that nobody else can ever read it, and its companions get the same mode.
  private static func makeFile(_ path: String, creates: Bool) throws(StorageError) {
    if access(path, F_OK) == 0 { return }
    guard creates else { throw .missing(place: "sqlite:\(path)") }
    try makeFolders(of: path)
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw .system(operation: "create", path: path, reason: String(cString: strerror(errno)))
    }
    close(file)
  }

  private func prepare(_ durability: Durability) throws(SQLiteError) {
    if try connection.number("PRAGMA page_count") == 0 {
      // Several processes may be here at once: whoever comes first decides.
      try retrying { () throws(SQLiteError) in
        try connection.script("PRAGMA page_size = \(Self.pageSize); PRAGMA journal_mode = WAL")
      }
    }
    try connection.script("PRAGMA synchronous = \(durability == .powerLoss ? "FULL" : "OFF")")
    try connection.script("PRAGMA cell_size_check = ON; PRAGMA wal_autocheckpoint = \(Self.walPages)")
    // Some builds overwrite all that is deleted, which doubles what is written.
    try connection.script("PRAGMA secure_delete = FAST")
  }

  /// Small, since a step changes little in several places.
  private static let pageSize = 1024
  private static let walPages = 4000

  private func retrying(_ body: () throws(SQLiteError) -> Void) throws(SQLiteError) {
    var attempts = 0
    while true {
      do throws(SQLiteError) { return try body() } catch {
        attempts += 1
        guard error.primaryCode == SQLITE_BUSY, attempts < 1000 else { throw error }
        usleep(10_000)
      }
    }
  }

  private func migrate() throws(StorageError) {
    let (version, kind, tables) = try translating("open") { () throws(SQLiteError) -> (Int, Int, Int) in
      // At one moment: another process may be making the tables.
      try connection.run("BEGIN")
      defer { try? connection.run("ROLLBACK") }
      return (
        try connection.number("PRAGMA user_version") ?? 0, try connection.number("PRAGMA application_id") ?? 0,
        try connection.number("SELECT count(*) FROM sqlite_schema") ?? 0
      )
    }
    if version > Migrations.newest, kind == Migrations.applicationID {
      throw .newerVersion(place: place, version: version, known: Migrations.newest)
    }
    guard kind == Migrations.applicationID || (kind == 0 && version == 0 && tables == 0) else {
      throw .foreign(place: place)
    }
    if version == Migrations.newest { return }
    try transaction("prepare") { () throws(StorageError) in
      try translating("prepare") { () throws(SQLiteError) in
        let version = try connection.number("PRAGMA user_version") ?? 0
        for step in Migrations.steps.dropFirst(version) { try connection.script(step) }
        try connection.script("PRAGMA application_id = \(Migrations.applicationID)")
        try connection.script("PRAGMA user_version = \(Migrations.newest)")
      }
    }
  }

  // MARK: Transactions

  /// Does something as a whole or not at all.
  func transaction<Result>(
    _ operation: String, _ body: () throws(StorageError) -> Result
  ) throws(StorageError) -> Result {
    lock.take()
    defer { lock.give() }
    try translating(operation) { () throws(SQLiteError) in try connection.run("BEGIN IMMEDIATE") }
    do throws(StorageError) {
      let result = try body()
      try translating(operation) { () throws(SQLiteError) in try connection.run("COMMIT") }
      return result
    } catch {
      // After some errors SQLite has done it already.
      if connection.isInTransaction { try? connection.run("ROLLBACK") }
      throw error
    }
  }

  /// Reads a consistent state.
  func reading<Result>(_ body: () throws(StorageError) -> Result) throws(StorageError) -> Result {
    lock.take()
    defer { lock.give() }
    try translating("read") { () throws(SQLiteError) in try connection.run("BEGIN") }
    defer { if connection.isInTransaction { try? connection.run("COMMIT") } }
    return try body()
  }

  func translating<Result>(
    _ operation: String, _ body: () throws(SQLiteError) -> Result
  ) throws(StorageError) -> Result {
    do throws(SQLiteError) { return try body() } catch { throw Self.storageError(error, operation, path) }
  }

  private static func storageError(_ error: SQLiteError, _ operation: String, _ path: String) -> StorageError {
    switch error.primaryCode {
    case SQLITE_BUSY, SQLITE_LOCKED: .busy(place: "sqlite:\(path)")
    case SQLITE_NOTADB: .foreign(place: "sqlite:\(path)")
    case SQLITE_CORRUPT: .damaged(place: "sqlite:\(path)", what: error.message)
    // The schema is there, but a table or column of it is not.
    case SQLITE_ERROR: .damaged(place: "sqlite:\(path)", what: error.message)
    default: .system(operation: operation, path: path, reason: error.message)
    }
  }
}

/// Makes the folders of a file that are missing, for their owner alone.
func makeFolders(of path: String) throws(StorageError) {
  var index = path.startIndex
  while let slash = path[index...].dropFirst().firstIndex(of: "/") {
    let folder = String(path[..<slash])
    if mkdir(folder, 0o700) != 0, errno != EEXIST {
      let reason = errno
      var status = stat()
      guard stat(folder, &status) == 0 else {
        throw .system(operation: "create", path: folder, reason: String(cString: strerror(reason)))
      }
    }
    index = slash
  }
}
