import Glibc

/// Executions in a folder: a folder for each with everything that it needs, and a pool through which equal content is
/// shared.
public final class DirectoryStore: ExecutionStore, @unchecked Sendable {
  public let place: String
  let files: FileOperations
  static let version = 1
  /// Threads of this process; processes are kept apart by the lock file of the execution.
  private let lock = Lock()

  /// Opens the store in a folder, which is made when there is none, unless `creates` is false.
  public init(
    path: String, creates: Bool = true, files: FileOperations = FileOperations()
  ) throws(StorageError) {
    place = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.files = files
    if let format = try files.read("\(place)/format") {
      try check(format)
      return
    }
    guard creates else { throw .missing(place: place) }
    let known = ["executions", "pool", "programs"]
    guard try files.names(in: place).allSatisfy({ known.contains($0) || $0.hasPrefix("format.") }) else {
      // Another process may have made it just now.
      guard let format = try files.read("\(place)/format") else { throw .foreign(place: place) }
      try check(format)
      return
    }
    try makeFolders(of: "\(place)/format")
    for name in known { try files.makeFolder("\(place)/\(name)") }
    try files.replace("\(place)/format", [Array("\(Self.formatWord) \(Self.version)\n".utf8)])
    try files.syncFolder(place)
  }

  private static let formatWord = "cvm-executions"

  private func check(_ format: [UInt8]) throws(StorageError) {
    let words = String(decoding: format.prefix(100), as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[0] == Self.formatWord, let version = Int(words[1]), version > 0 else {
      throw .foreign(place: place)
    }
    if version > Self.version { throw .newerVersion(place: place, version: version, known: Self.version) }
  }

  // MARK: Programs

  private func programPath(_ name: String) -> String {
    // Any text may be a name, but not of a file.
    "\(place)/programs/\(BlobAddress(of: Array(name.utf8)))"
  }

  public func saveProgram(_ name: String, _ source: [UInt8], details: [UInt8]) throws(StorageError) {
    var writer = FieldWriter()
    writer.text(name)
    writer.field(details)
    writer.field(source)
    try files.replace(programPath(name), [RecordFile.sealed(RecordFile.programMagic, writer.bytes)])
    try files.syncFolder("\(place)/programs")
  }

  private func readProgram(_ path: String) throws(StorageError) -> (name: String, source: [UInt8], details: [UInt8])? {
    guard let bytes = try files.read(path) else { return nil }
    guard let fields = RecordFile.opened(RecordFile.programMagic, bytes) else {
      throw .damaged(place: place, what: path)
    }
    var reader = FieldReader(fields)
    guard let name = reader.text(), let details = reader.field(), let source = reader.field() else {
      throw .damaged(place: place, what: path)
    }
    return (name, source, details)
  }

  public func program(named name: String) throws(StorageError) -> (source: [UInt8], details: [UInt8])? {
    try readProgram(programPath(name)).map { ($0.source, $0.details) }
  }

  public func programNames() throws(StorageError) -> [String] {
    var result: [String] = []
    for file in try files.names(in: "\(place)/programs") where !file.hasSuffix(".new") {
      if let program = try readProgram("\(place)/programs/\(file)") { result.append(program.name) }
    }
    return result.sorted()
  }

  public func removeProgram(_ name: String) throws(StorageError) {
    guard try readProgram(programPath(name)) != nil else { throw .unknownProgram(name) }
    try files.unlink(programPath(name))
    try files.syncFolder("\(place)/programs")
  }

  public func program(of id: String) throws(StorageError) -> [UInt8] {
    try consistently(id) { record throws(StorageError) in try blob(record.program, of: id).blob.bytes }
  }

  // MARK: Executions

  func folder(_ id: String) -> String { "\(place)/executions/\(id)" }

  public func create(_ new: NewExecution, owner: Owner?) throws(StorageError) -> ExecutionRecord {
    try ExecutionName.check(new.id)
    guard try !exists(new.id) else { throw .taken(new.id) }
    removeLeftOvers()
    let address = BlobAddress(of: new.program)
    var stored = StoredRecord(
      ExecutionRecord(new, program: address, owner: owner, at: currentTime()), logBytes: 0)
    let temporary = "\(place)/executions/.new-\(String(UInt64.random(in: 0...UInt64.max), radix: 16))"
    do throws(StorageError) {
      try files.makeFolder(temporary)
      _ = try files.locked("\(temporary)/lock", creates: true) {}
      try files.withFile("\(temporary)/log", O_WRONLY | O_CREAT) { _ throws(StorageError) in }
      _ = try keep(StateBlob(new.program), in: temporary)
      if let first = new.first { stored = try apply(first, to: stored, in: temporary, by: owner) }
      if let owner = stored.record.owner {
        try files.replace("\(temporary)/owner", [owner.encoded()], isDurable: false)
      }
      try files.replace("\(temporary)/record", [stored.encoded()])
      try files.syncFolder(temporary)
      // A folder that is not empty is not replaced: one of several that make the same succeeds.
      do throws(StorageError) { try files.rename(temporary, to: folder(new.id)) } catch {
        if try exists(new.id) { throw .taken(new.id) }
        throw error
      }
    } catch {
      remove(temporary)
      throw error
    }
    try files.syncFolder("\(place)/executions")
    return stored.record
  }

  /// Removes what processes that were killed left behind.
  private func removeLeftOvers() {
    let parent = "\(place)/executions"
    for name in (try? files.names(in: parent)) ?? [] where name.hasPrefix(".new-") || name.hasPrefix(".gone-") {
      if let age = files.age("\(parent)/\(name)"), age > 3600 { remove("\(parent)/\(name)") }
    }
    for name in (try? files.names(in: "\(place)/pool")) ?? [] { dropFromPool(name) }
  }

  private func exists(_ id: String) throws(StorageError) -> Bool { files.linkCount("\(folder(id))/record") != nil }

  public func record(_ id: String) throws(StorageError) -> ExecutionRecord? { try stored(id)?.record }

  /// The record as it is now, and who is at it.
  func stored(_ id: String) throws(StorageError) -> StoredRecord? {
    guard ExecutionName.isValid(id), let bytes = try files.read("\(folder(id))/record") else { return nil }
    guard var stored = StoredRecord(encoded: bytes), stored.record.id == id else {
      throw .damaged(place: place, what: "\(folder(id))/record")
    }
    stored.record.owner = try files.read("\(folder(id))/owner").flatMap { Owner(encoded: $0) }
    return stored
  }

  func existingRecord(_ id: String) throws(StorageError) -> StoredRecord {
    guard let stored = try stored(id) else { throw .unknownExecution(id) }
    return stored
  }

  public func records() throws(StorageError) -> [ExecutionRecord] {
    var result: [ExecutionRecord] = []
    for name in try files.names(in: "\(place)/executions") where ExecutionName.isValid(name) {
      if let stored = try stored(name) { result.append(stored.record) }
    }
    return result.sorted { ($1.updatedAt, $0.id) < ($0.updatedAt, $1.id) }
  }

  public func delete(_ id: String, by owner: Owner) throws(StorageError) {
    try alone(id) { () throws(StorageError) in
      try existingRecord(id).record.checkLease(for: owner, at: currentTime())
      let gone = "\(place)/executions/.gone-\(String(UInt64.random(in: 0...UInt64.max), radix: 16))"
      try files.rename(folder(id), to: gone)
      remove(gone)
      try files.syncFolder("\(place)/executions")
    }
  }

  public func log(of id: String, from entry: Int) throws(StorageError) -> [LogEntry] {
    let stored = try existingRecord(id)
    let path = "\(folder(id))/log"
    guard let bytes = try files.read(path, upTo: stored.logBytes), bytes.count == stored.logBytes,
      let entries = LogFile.entries(bytes), entries.count == stored.record.logEntries
    else { throw .damaged(place: place, what: path) }
    return Array(entries.dropFirst(entry))
  }

  // MARK: Leases

  public func acquire(_ id: String, for owner: Owner) throws(StorageError) -> ExecutionRecord {
    try alone(id) { () throws(StorageError) in
      var record = try existingRecord(id).record
      try record.checkLease(for: owner, at: currentTime())
      // Not synced: nobody who held it lives after a loss of power.
      try files.replace("\(folder(id))/owner", [owner.encoded()], isDurable: false)
      record.owner = owner
      return record
    }
  }

  public func release(_ id: String, by owner: Owner) throws(StorageError) {
    guard try stored(id)?.record.owner == owner else { return }
    try alone(id) { () throws(StorageError) in
      if try stored(id)?.record.owner == owner { try files.unlink("\(folder(id))/owner") }
    }
  }

  /// Calls a function while nobody else changes an execution.
  func alone<Result>(_ id: String, _ body: () throws(StorageError) -> Result) throws(StorageError) -> Result {
    lock.take()
    defer { lock.give() }
    guard ExecutionName.isValid(id), let result = try files.locked("\(folder(id))/lock", body) else {
      throw .unknownExecution(id)
    }
    return result
  }

  /// Reads something that a record names, again when the execution has gone on meanwhile.
  func consistently<Result>(
    _ id: String, _ body: (ExecutionRecord) throws(StorageError) -> Result
  ) throws(StorageError) -> Result {
    while true {
      let record = try existingRecord(id).record
      do throws(StorageError) { return try body(record) } catch {
        guard case .damaged = error, try stored(id)?.record.sequence != record.sequence else { throw error }
      }
    }
  }
}
