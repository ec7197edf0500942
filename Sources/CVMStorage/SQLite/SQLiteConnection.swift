import CSQLite
import Glibc

/// What SQLite answered.
struct SQLiteError: Error {
  let code: Int32
  let message: String

  var primaryCode: Int32 { code & 0xff }
}

/// An open database and its prepared statements, used by one thread at a time.
final class SQLiteConnection {
  let path: String
  private let database: OpaquePointer
  private var statements: [String: SQLiteStatement] = [:]

  init(path: String, vfs: String?, busyTimeout: Int32) throws(SQLiteError) {
    self.path = path
    var database: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = sqlite3_open_v2(path, &database, flags, vfs)
    guard let database, code == SQLITE_OK else {
      let message = String(cString: database.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code))
      let reason = database.map { sqlite3_system_errno($0) } ?? 0
      sqlite3_close_v2(database)
      throw SQLiteError(code: code, message: reason == 0 ? message : String(cString: strerror(reason)))
    }
    self.database = database
    sqlite3_busy_timeout(database, busyTimeout)
  }

  deinit {
    statements = [:]
    sqlite3_close_v2(database)
  }

  /// The prepared statement of a text.
  func statement(_ text: String) throws(SQLiteError) -> SQLiteStatement {
    if let statement = statements[text] { return statement }
    var handle: OpaquePointer?
    try check(sqlite3_prepare_v3(database, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil))
    guard let handle else { throw SQLiteError(code: SQLITE_MISUSE, message: "an empty statement") }
    let statement = SQLiteStatement(handle, self)
    statements[text] = statement
    return statement
  }

  /// Runs a statement that answers with no rows.
  func run(_ text: String, _ values: SQLiteValue...) throws(SQLiteError) {
    try statement(text).rows(values) { _ in false }
  }

  /// The first row's first column as a number; nil without rows.
  func number(_ text: String, _ values: SQLiteValue...) throws(SQLiteError) -> Int? {
    var result: Int?
    try statement(text).rows(values) { row in
      result = row.number(0)
      return false
    }
    return result
  }

  func text(_ text: String) throws(SQLiteError) -> String? {
    var result: String?
    try statement(text).rows([]) { row in
      result = row.text(0)
      return false
    }
    return result
  }

  /// Runs statements one after the other, without keeping them.
  func script(_ text: String) throws(SQLiteError) { try check(sqlite3_exec(database, text, nil, nil, nil)) }

  var lastRow: Int { Int(sqlite3_last_insert_rowid(database)) }
  var changedRows: Int { Int(sqlite3_changes(database)) }
  var isInTransaction: Bool { sqlite3_get_autocommit(database) == 0 }

  func check(_ code: Int32) throws(SQLiteError) {
    if code == SQLITE_OK { return }
    let failed = sqlite3_errcode(database) == code || sqlite3_extended_errcode(database) == code
    var message = String(cString: failed ? sqlite3_errmsg(database) : sqlite3_errstr(code))
    let reason = sqlite3_system_errno(database)
    if [SQLITE_IOERR, SQLITE_CANTOPEN].contains(code & 0xff), reason != 0 {
      message = String(cString: strerror(reason))
    }
    throw SQLiteError(code: code, message: message)
  }
}

/// A value for a parameter of a statement.
enum SQLiteValue {
  case null
  case number(Int)
  case real(Double)
  case text(String)
  case bytes([UInt8])

  static func optional(_ text: String?) -> SQLiteValue { text.map { .text($0) } ?? .null }
  static func optional(_ bytes: [UInt8]?) -> SQLiteValue { bytes.map { .bytes($0) } ?? .null }
}

/// A prepared statement.
final class SQLiteStatement {
  private let handle: OpaquePointer
  private unowned let connection: SQLiteConnection

  init(_ handle: OpaquePointer, _ connection: SQLiteConnection) {
    (self.handle, self.connection) = (handle, connection)
  }

  deinit { sqlite3_finalize(handle) }

  /// Runs it; the function sees each row and says whether it wants another one.
  func rows(_ values: [SQLiteValue], _ body: (SQLiteRow) -> Bool) throws(SQLiteError) {
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    for (index, value) in values.enumerated() { try bind(value, Int32(index + 1)) }
    while true {
      let code = sqlite3_step(handle)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { return try connection.check(code) }
      if !body(SQLiteRow(handle: handle)) {
        // A statement that changes something is done only after its last step.
        if sqlite3_stmt_readonly(handle) != 0 { return }
      }
    }
  }

  /// The bytes must be there until the statement has run: SQLite copies them once, into its pages.
  private func bind(_ value: SQLiteValue, _ index: Int32) throws(SQLiteError) {
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    let code =
      switch value {
      case .null: sqlite3_bind_null(handle, index)
      case .number(let number): sqlite3_bind_int64(handle, index, Int64(number))
      case .real(let number): sqlite3_bind_double(handle, index, number)
      case .text(let text): sqlite3_bind_text(handle, index, text, Int32(clamping: text.utf8.count), transient)
      case .bytes(let bytes):
        bytes.isEmpty
          ? sqlite3_bind_zeroblob(handle, index, 0)
          : bytes.withUnsafeBytes { sqlite3_bind_blob64(handle, index, $0.baseAddress, UInt64($0.count), transient) }
      }
    try connection.check(code)
  }
}

/// A row that a statement answered with, until its next step.
struct SQLiteRow {
  fileprivate let handle: OpaquePointer

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
  func number(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }
  func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  func bytes(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
}
