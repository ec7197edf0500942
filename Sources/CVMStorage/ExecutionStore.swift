/// Where executions live: bytes and what is known of them. Several processes may use one store at once.
///
/// Every function that changes something changes all of it or nothing, and what it has acknowledged is there for ever after.
public protocol ExecutionStore: AnyObject, Sendable {
  /// What people call it.
  var place: String { get }

  // MARK: Programs

  /// Keeps a program under a name; whatever had the name loses it, executions keep theirs.
  func saveProgram(_ name: String, _ source: [UInt8], details: [UInt8]) throws(StorageError)
  func program(named name: String) throws(StorageError) -> (source: [UInt8], details: [UInt8])?
  /// In order of their names.
  func programNames() throws(StorageError) -> [String]
  func removeProgram(_ name: String) throws(StorageError)
  /// The program of an execution.
  func program(of id: String) throws(StorageError) -> [UInt8]

  // MARK: Executions

  /// Makes an execution, owned by whoever makes it; it has no state yet, unless it brings one.
  @discardableResult
  func create(_ new: NewExecution, owner: Owner?) throws(StorageError) -> ExecutionRecord
  func record(_ id: String) throws(StorageError) -> ExecutionRecord?
  /// All of them, the one that changed last first.
  func records() throws(StorageError) -> [ExecutionRecord]
  /// Forgets an execution that nobody else is at.
  func delete(_ id: String, by owner: Owner) throws(StorageError)
  /// Makes a step of an execution durable, as one.
  @discardableResult
  func commit(_ commit: ExecutionCommit, to id: String, by owner: Owner) throws(StorageError) -> ExecutionRecord
  /// The state and what it stands on, the complete one first; empty when there is none.
  func state(of id: String) throws(StorageError) -> [StoredBlob]
  /// What happened, from an entry on.
  func log(of id: String, from entry: Int) throws(StorageError) -> [LogEntry]

  // MARK: Leases

  /// Takes an execution for oneself; refused as long as another process has it and lives.
  @discardableResult
  func acquire(_ id: String, for owner: Owner) throws(StorageError) -> ExecutionRecord
  /// Gives an execution back; nothing happens when it is another's.
  func release(_ id: String, by owner: Owner) throws(StorageError)

  // MARK: Content

  /// How many blobs there are, and the bytes of their content.
  func contentSize() throws(StorageError) -> (blobs: Int, bytes: Int)
}

extension ExecutionStore {
  /// The record of an execution that must be there.
  public func existing(_ id: String) throws(StorageError) -> ExecutionRecord {
    guard let record = try record(id) else { throw .unknownExecution(id) }
    return record
  }

  public func log(of id: String) throws(StorageError) -> [LogEntry] { try log(of: id, from: 0) }

  /// Everything that an execution printed to standard output since it was started, or started again.
  public func output(of id: String) throws(StorageError) -> [UInt8] {
    try log(of: id).reduce(into: []) { output, entry in
      switch entry.kind {
      case .output: output += entry.bytes
      case .restart: output = []
      case .errorOutput, .question, .answer: break
      }
    }
  }
}

/// What an acknowledged change outlives.
public enum Durability: Sendable {
  /// Loss of power: everything was brought to the disk.
  case powerLoss
  /// The end of the process: everything was handed to the operating system.
  case processEnd
}

/// The names that executions may have.
public enum ExecutionName {
  public static func isValid(_ name: String) -> Bool {
    let bytes = name.utf8
    return (1...100).contains(bytes.count) && bytes.first != UInt8(ascii: ".") && bytes.first != UInt8(ascii: "-")
      && bytes.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }

  static func check(_ name: String) throws(StorageError) { if !isValid(name) { throw .badName(name) } }
}
