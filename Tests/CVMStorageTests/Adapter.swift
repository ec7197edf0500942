import CVMStorage
import CVMTestSupport
import Testing

/// The three places where executions can live.
enum Adapter: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case memory, directory, sqlite

  var testDescription: String { rawValue }

  /// The ones that outlive the process.
  static let lasting: [Adapter] = [.directory, .sqlite]

  func open(_ folder: ScratchDirectory, durability: Durability = .processEnd) throws -> any ExecutionStore {
    switch self {
    case .memory: MemoryStore()
    case .directory:
      try DirectoryStore(path: path(folder), files: FileOperations(durability: durability))
    case .sqlite: try SQLiteStore(path: path(folder), durability: durability)
    }
  }

  func path(_ folder: ScratchDirectory) -> String { folder.path + (self == .sqlite ? "/store.db" : "/store") }

  /// As the command line names it.
  func place(_ folder: ScratchDirectory) -> String { (self == .sqlite ? "sqlite:" : "") + path(folder) }
}

extension ExecutionStore {
  /// Makes a step with a state and a line of output.
  @discardableResult
  func step(
    _ id: String, _ owner: Owner, state: String, parent: BlobAddress? = nil, output: String = "",
    status: ExecutionStatus = .waiting, question: String? = nil
  ) throws -> ExecutionRecord {
    var commit = ExecutionCommit(expectedSequence: try existing(id).sequence, status: status)
    commit.state = .replaced(StateBlob(Array(state.utf8), parent: parent))
    commit.question = question
    if !output.isEmpty { commit.log = [LogEntry(.output, output)] }
    return try self.commit(commit, to: id, by: owner)
  }

  func stateTexts(of id: String) throws -> [String] {
    try state(of: id).map { String(decoding: $0.bytes, as: UTF8.self) }
  }
  func outputText(of id: String) throws -> String { String(decoding: try output(of: id), as: UTF8.self) }
}
