import CSQLite
import CVMStorage

/// Another user of a database who has begun to write and does not come to an end.
final class SQLiteLocker {
  private let database: OpaquePointer?

  init(path: String) throws {
    var database: OpaquePointer?
    sqlite3_open(path, &database)
    sqlite3_exec(database, "BEGIN IMMEDIATE", nil, nil, nil)
    self.database = database
  }

  deinit { sqlite3_close(database) }

  func unlock() { sqlite3_exec(database, "ROLLBACK", nil, nil, nil) }
}
