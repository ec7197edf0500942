extension SQLiteStore {
  // MARK: Programs

  public func saveProgram(_ name: String, _ source: [UInt8], details: [UInt8]) throws(StorageError) {
    try transaction("write") { () throws(StorageError) in
      let before = try address("SELECT address FROM programs WHERE name = ?", .text(name))
      let address = try keep(StateBlob(source)).address
      try run(
        "INSERT OR REPLACE INTO programs (name, address, details) VALUES (?, ?, ?)", .text(name),
        .bytes(address.bytes), .bytes(details))
      try use(address)
      try drop(before)
    }
  }

  public func program(named name: String) throws(StorageError) -> (source: [UInt8], details: [UInt8])? {
    try reading { () throws(StorageError) in
      var found: (BlobAddress?, [UInt8])?
      try rows("SELECT address, details FROM programs WHERE name = ?", .text(name)) {
        found = (BlobAddress(bytes: $0.bytes(0)), $0.bytes(1))
      }
      guard let found else { return nil }
      return (try content(found.0).bytes, found.1)
    }
  }

  public func programNames() throws(StorageError) -> [String] {
    try reading { () throws(StorageError) in
      var names: [String] = []
      try rows("SELECT name FROM programs ORDER BY name") { names.append($0.text(0)) }
      return names
    }
  }

  public func removeProgram(_ name: String) throws(StorageError) {
    try transaction("write") { () throws(StorageError) in
      guard let address = try address("SELECT address FROM programs WHERE name = ?", .text(name)) else {
        throw .unknownProgram(name)
      }
      try run("DELETE FROM programs WHERE name = ?", .text(name))
      try drop(address)
    }
  }

  public func program(of id: String) throws(StorageError) -> [UInt8] {
    try reading { () throws(StorageError) in try content(try find(id).record.program).bytes }
  }

  // MARK: Executions

  public func create(_ new: NewExecution, owner: Owner?) throws(StorageError) -> ExecutionRecord {
    try ExecutionName.check(new.id)
    return try transaction("write") { () throws(StorageError) in
      if try number("SELECT 1 FROM executions WHERE id = ?", .text(new.id)) != nil { throw .taken(new.id) }
      let program = try keep(StateBlob(new.program)).address
      let record = ExecutionRecord(new, program: program, owner: owner, at: currentTime())
      try use(program)
      try run(
        """
        INSERT INTO executions (id, program, details, status, sequence, stateBytes, outputBytes, logEntries, createdAt,
          updatedAt, owner) VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?, ?, ?)
        """, .text(new.id), .bytes(program.bytes), .bytes(new.details), .number(Int(record.status.rawValue)),
        .real(record.createdAt), .real(record.updatedAt), .optional(owner?.encoded()))
      guard let first = new.first else { return record }
      return try apply(first, to: record, connection.lastRow, by: owner)
    }
  }

  public func record(_ id: String) throws(StorageError) -> ExecutionRecord? {
    try reading { () throws(StorageError) in try findRecord(id)?.record }
  }

  public func records() throws(StorageError) -> [ExecutionRecord] {
    try reading { () throws(StorageError) in
      try records("SELECT \(Self.columns) FROM executions ORDER BY updatedAt DESC, id").map(\.record)
    }
  }

  public func delete(_ id: String, by owner: Owner) throws(StorageError) {
    try transaction("write") { () throws(StorageError) in
      let (number, record) = try find(id)
      try record.checkLease(for: owner, at: currentTime())
      try run("DELETE FROM log WHERE execution = ?", .number(number))
      try run("DELETE FROM executions WHERE number = ?", .number(number))
      try drop(record.state)
      try drop(record.program)
    }
  }

  public func commit(
    _ commit: ExecutionCommit, to id: String, by owner: Owner
  ) throws(StorageError) -> ExecutionRecord {
    try transaction("write") { () throws(StorageError) in
      let (number, record) = try find(id)
      return try apply(commit, to: record, number, by: owner)
    }
  }

  private func apply(
    _ commit: ExecutionCommit, to record: ExecutionRecord, _ number: Int, by owner: Owner?
  ) throws(StorageError) -> ExecutionRecord {
    try record.check(commit, by: owner)
    var state: (address: BlobAddress, bytes: Int)?
    var hasInherited = false
    if case .replaced(let blob) = commit.state {
      let kept = try keep(blob, inheriting: record.state)
      (state, hasInherited) = ((kept.address, kept.bytes), kept.hasInherited)
    }
    let next = record.applying(commit, state: state, at: currentTime())
    if next.state != record.state {
      if let state = next.state { try use(state) }
      if !hasInherited { try drop(record.state) }
    }
    for (index, entry) in commit.log.enumerated() {
      try run(
        "INSERT INTO log (execution, entry, sequence, kind, bytes) VALUES (?, ?, ?, ?, ?)", .number(number),
        .number(record.logEntries + index), .number(next.sequence), .number(Int(entry.kind.rawValue)),
        .bytes(entry.bytes))
    }
    try write(next, number)
    return next
  }

  private func write(_ record: ExecutionRecord, _ number: Int) throws(StorageError) {
    try run(
      """
      UPDATE executions SET status = ?, sequence = ?, state = ?, stateBytes = ?, question = ?, answer = ?, result = ?,
        outputBytes = ?, logEntries = ?, updatedAt = ?, owner = ? WHERE number = ?
      """, .number(Int(record.status.rawValue)), .number(record.sequence), .optional(record.state?.bytes),
      .number(record.stateBytes), .optional(record.question), .optional(record.answer), .optional(record.result),
      .number(record.outputBytes), .number(record.logEntries), .real(record.updatedAt),
      .optional(record.owner?.encoded()), .number(number))
  }

  public func state(of id: String) throws(StorageError) -> [StoredBlob] {
    try reading { () throws(StorageError) in
      var chain: [StoredBlob] = []
      var address = try find(id).record.state
      while let link = address {
        let blob = try content(link)
        chain.append(blob)
        address = blob.parent
      }
      return chain.reversed()
    }
  }

  public func log(of id: String, from entry: Int) throws(StorageError) -> [LogEntry] {
    try reading { () throws(StorageError) in
      let (number, record) = try find(id)
      var entries: [LogEntry] = []
      var isValid = true
      try rows(
        "SELECT kind, bytes, sequence FROM log WHERE execution = ? AND entry >= ? ORDER BY entry", .number(number),
        .number(entry)
      ) { row in
        if let kind = UInt8(exactly: row.number(0)).flatMap(LogEntry.Kind.init) {
          entries.append(LogEntry(kind, row.bytes(1)).at(row.number(2)))
        } else {
          isValid = false
        }
      }
      guard isValid, entries.count == max(record.logEntries - entry, 0) else {
        throw .damaged(place: place, what: "the log of \(id)")
      }
      return entries
    }
  }

  // MARK: Leases

  public func acquire(_ id: String, for owner: Owner) throws(StorageError) -> ExecutionRecord {
    try transaction("write") { () throws(StorageError) in
      var (number, record) = try find(id)
      try record.checkLease(for: owner, at: currentTime())
      record.owner = owner
      try run("UPDATE executions SET owner = ? WHERE number = ?", .bytes(owner.encoded()), .number(number))
      return record
    }
  }

  public func release(_ id: String, by owner: Owner) throws(StorageError) {
    try transaction("write") { () throws(StorageError) in
      guard let (number, record) = try findRecord(id), record.owner == owner else { return }
      try run("UPDATE executions SET owner = NULL WHERE number = ?", .number(number))
    }
  }

  // MARK: Records

  static let columns = """
    number, id, program, details, status, sequence, state, stateBytes, question, answer, result, outputBytes, \
    logEntries, createdAt, updatedAt, owner
    """

  private func find(_ id: String) throws(StorageError) -> (number: Int, record: ExecutionRecord) {
    guard let found = try findRecord(id) else { throw .unknownExecution(id) }
    return found
  }

  private func findRecord(_ id: String) throws(StorageError) -> (number: Int, record: ExecutionRecord)? {
    try records("SELECT \(Self.columns) FROM executions WHERE id = ?", .text(id)).first
  }

  private func records(
    _ query: String, _ values: SQLiteValue...
  ) throws(StorageError) -> [(number: Int, record: ExecutionRecord)] {
    var result: [(number: Int, record: ExecutionRecord)] = []
    var bad: String?
    try translating("read") { () throws(SQLiteError) in
      try connection.statement(query).rows(values) { row in
        if let record = ExecutionRecord(row) {
          result.append((row.number(0), record))
          return true
        }
        bad = row.text(1)
        return false
      }
    }
    if let bad { throw .damaged(place: place, what: "the record of \(bad.prefix(100))") }
    return result
  }
}

extension ExecutionRecord {
  /// Nil when the columns hold what was never written.
  fileprivate init?(_ row: SQLiteRow) {
    guard let program = BlobAddress(bytes: row.bytes(2)),
      let status = UInt8(exactly: row.number(4)).flatMap(ExecutionStatus.init),
      row.isNull(6) || BlobAddress(bytes: row.bytes(6)) != nil,
      [5, 7, 11, 12].allSatisfy({ (0..<1 << 53).contains(row.number($0)) }),
      ExecutionName.isValid(row.text(1)), row.isNull(15) || Owner(encoded: row.bytes(15)) != nil,
      isTime(row.real(13)), isTime(row.real(14))
    else { return nil }
    self.init(
      id: row.text(1), program: program, details: row.bytes(3), status: status, sequence: row.number(5),
      state: BlobAddress(bytes: row.bytes(6)), stateBytes: row.number(7), question: row.optionalText(8),
      answer: row.optionalText(9), result: row.optionalText(10), outputBytes: row.number(11),
      logEntries: row.number(12), createdAt: row.real(13), updatedAt: row.real(14),
      owner: Owner(encoded: row.bytes(15)))
  }
}
