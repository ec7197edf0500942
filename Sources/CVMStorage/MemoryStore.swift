/// Executions in memory: gone with the process.
public final class MemoryStore: ExecutionStore, @unchecked Sendable {
  private struct Blob {
    let content: StoredBlob
    /// Its bytes and those of all that it stands on.
    let chainBytes: Int
    /// How many executions, names and states refer to it.
    var users = 0
  }

  public let place = "memory"
  private let lock = Lock()
  private var blobs: [BlobAddress: Blob] = [:]
  private var executions: [String: ExecutionRecord] = [:]
  private var logs: [String: [LogEntry]] = [:]
  private var programs: [String: (content: BlobAddress, details: [UInt8])] = [:]

  public init() {}

  // MARK: Programs

  public func saveProgram(_ name: String, _ source: [UInt8], details: [UInt8]) throws(StorageError) {
    lock.take()
    defer { lock.give() }
    let before = programs[name]?.content
    let address = try keep(StateBlob(source)).address
    programs[name] = (address, details)
    use(address)
    drop(before)
  }

  public func program(named name: String) throws(StorageError) -> (source: [UInt8], details: [UInt8])? {
    lock.take()
    defer { lock.give() }
    return programs[name].map { (blobs[$0.content]?.content.bytes ?? [], $0.details) }
  }

  public func programNames() throws(StorageError) -> [String] {
    lock.take()
    defer { lock.give() }
    return programs.keys.sorted()
  }

  public func removeProgram(_ name: String) throws(StorageError) {
    lock.take()
    defer { lock.give() }
    guard let program = programs.removeValue(forKey: name) else { throw .unknownProgram(name) }
    drop(program.content)
  }

  public func program(of id: String) throws(StorageError) -> [UInt8] {
    lock.take()
    defer { lock.give() }
    return blobs[try find(id).program]?.content.bytes ?? []
  }

  // MARK: Executions

  public func create(_ new: NewExecution, owner: Owner?) throws(StorageError) -> ExecutionRecord {
    try ExecutionName.check(new.id)
    lock.take()
    defer { lock.give() }
    guard executions[new.id] == nil else { throw .taken(new.id) }
    let program = BlobAddress(of: new.program)
    let record = ExecutionRecord(new, program: program, owner: owner, at: currentTime())
    let next = try new.first.map { first throws(StorageError) in try apply(first, to: record, by: owner) } ?? record
    _ = try keep(StateBlob(new.program))
    use(program)
    executions[new.id] = next
    return next
  }

  public func record(_ id: String) throws(StorageError) -> ExecutionRecord? {
    lock.take()
    defer { lock.give() }
    return executions[id]
  }

  public func records() throws(StorageError) -> [ExecutionRecord] {
    lock.take()
    defer { lock.give() }
    return executions.values.sorted { ($1.updatedAt, $0.id) < ($0.updatedAt, $1.id) }
  }

  public func delete(_ id: String, by owner: Owner) throws(StorageError) {
    lock.take()
    defer { lock.give() }
    let record = try find(id)
    try record.checkLease(for: owner, at: currentTime())
    executions[id] = nil
    logs[id] = nil
    drop(record.state)
    drop(record.program)
  }

  public func commit(
    _ commit: ExecutionCommit, to id: String, by owner: Owner
  ) throws(StorageError) -> ExecutionRecord {
    lock.take()
    defer { lock.give() }
    let next = try apply(commit, to: try find(id), by: owner)
    executions[id] = next
    return next
  }

  /// The record after a commit, whose state and log are kept.
  private func apply(
    _ commit: ExecutionCommit, to record: ExecutionRecord, by owner: Owner?
  ) throws(StorageError) -> ExecutionRecord {
    try record.check(commit, by: owner)
    var state: (address: BlobAddress, bytes: Int)?
    if case .replaced(let blob) = commit.state { state = try keep(blob) }
    let next = record.applying(commit, state: state, at: currentTime())
    if next.state != record.state {
      use(next.state)
      drop(record.state)
    }
    logs[record.id, default: []] += commit.log.map { $0.at(next.sequence) }
    return next
  }

  public func state(of id: String) throws(StorageError) -> [StoredBlob] {
    lock.take()
    defer { lock.give() }
    var chain: [StoredBlob] = []
    var address = try find(id).state
    while let link = address, let blob = blobs[link] {
      chain.append(blob.content)
      address = blob.content.parent
    }
    return chain.reversed()
  }

  public func log(of id: String, from entry: Int) throws(StorageError) -> [LogEntry] {
    lock.take()
    defer { lock.give() }
    _ = try find(id)
    return Array((logs[id] ?? []).dropFirst(entry))
  }

  // MARK: Leases

  public func acquire(_ id: String, for owner: Owner) throws(StorageError) -> ExecutionRecord {
    lock.take()
    defer { lock.give() }
    var record = try find(id)
    try record.checkLease(for: owner, at: currentTime())
    record.owner = owner
    executions[id] = record
    return record
  }

  public func release(_ id: String, by owner: Owner) throws(StorageError) {
    lock.take()
    defer { lock.give() }
    if executions[id]?.owner == owner { executions[id]?.owner = nil }
  }

  // MARK: Content

  public func contentSize() throws(StorageError) -> (blobs: Int, bytes: Int) {
    lock.take()
    defer { lock.give() }
    return (blobs.count, blobs.values.reduce(0) { $0 + $1.content.bytes.count })
  }

  private func find(_ id: String) throws(StorageError) -> ExecutionRecord {
    guard let record = executions[id] else { throw .unknownExecution(id) }
    return record
  }

  private func keep(_ blob: StateBlob) throws(StorageError) -> (address: BlobAddress, bytes: Int) {
    let address = BlobAddress(of: blob.bytes, parent: blob.parent)
    if let known = blobs[address] {
      guard known.content.bytes == blob.bytes, known.content.parent == blob.parent else {
        throw .damaged(place: place, what: "other content at \(address)")
      }
      return (address, known.chainBytes)
    }
    var chainBytes = blob.bytes.count
    if let parent = blob.parent {
      guard let known = blobs[parent] else { throw .unknownParent(parent) }
      chainBytes += known.chainBytes
    }
    use(blob.parent)
    blobs[address] = Blob(
      content: StoredBlob(address: address, parent: blob.parent, bytes: blob.bytes), chainBytes: chainBytes)
    return (address, chainBytes)
  }

  private func use(_ address: BlobAddress?) { if let address { blobs[address]?.users += 1 } }

  private func drop(_ address: BlobAddress?) {
    var next = address
    while let address = next {
      blobs[address]?.users -= 1
      guard let blob = blobs[address], blob.users == 0 else { return }
      blobs[address] = nil
      next = blob.content.parent
    }
  }
}

extension LogEntry {
  func at(_ sequence: Int) -> LogEntry {
    var entry = self
    entry.sequence = sequence
    return entry
  }
}
