import CSQLite
import CVMStorage
import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Stores whose rows were written by somebody else: each is refused with a reason, or goes on as a valid heap.
/// `CVM_FUZZ_ROUNDS` and `CVM_FUZZ_SEED` make more and other rows.
@Suite struct ForgedStoreTests {
  private static let rounds = ProcessInfo.processInfo.environment["CVM_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 200
  private static let seed = ProcessInfo.processInfo.environment["CVM_FUZZ_SEED"].flatMap { UInt64($0) } ?? 42

  private static let program = """
    const list = [], names = new Map();
    function* count() { let n = 0; while (true) yield n++; }
    const counter = count();
    for (let i = 0; i < 20; i++) {
      const answer = CC('question ' + i);
      list.push({answer, list, number: counter.next().value});
      names.set(answer, () => list[i]);
      console.log(answer, list.length);
    }
    """

  private let scratch: ScratchDirectory
  private var path: String { scratch.path + "/store.db" }

  init() throws { scratch = try ScratchDirectory() }

  /// A store with an execution that waits in the middle, in several states that stand one upon the other.
  private func original() throws -> Data {
    do {
      let manager = VMManager(store: try SQLiteStore(path: path, durability: .processEnd), smallState: 0)
      try manager.loadProgram("asks", source: Self.program)
      try manager.startExecution("one", program: "asks")
      try manager.hold("one")
      _ = try manager.getNext("one")
      for number in 1...3 { _ = try manager.answer("answer \(number)", to: "one", sequence: number) }
      try manager.release("one")
    }
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private func useAll() throws {
    var options = SessionOptions()
    options.limits.steps = 50_000
    let manager = VMManager(store: try SQLiteStore(path: path, durability: .processEnd), options: options)
    _ = try? manager.list().map { "\($0)" }
    _ = try? manager.output("one")
    let record = try manager.status("one")
    var sequence = record.sequence
    for number in 0..<4 {
      switch try manager.getNext("one") {
      case .question(_, let next): sequence = next
      default: break
      }
      _ = try manager.answer("again \(number)", to: "one", sequence: sequence)
      manager.session(of: "one")?.machine.verifyHeap()
    }
    _ = try? manager.restart("one")
    try manager.delete("one")
  }

  @Test func `rows with anything in them are refused with a reason or go on`() throws {
    let original = try original()
    var generator = SeededGenerator(seed: Self.seed)
    var refused = 0
    for round in 0..<Self.rounds {
      for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
      try original.write(to: URL(fileURLWithPath: path))
      do {
        let forger = try RowForger(path)
        for _ in 0..<Int.random(in: 1...3, using: &generator) { forger.change(&generator) }
      }
      do { try useAll() } catch {
        refused += 1
        #expect(error is ExecutionError || error is StorageError, "round \(round): \(error)")
        #expect(!"\(error)".isEmpty, "round \(round)")
      }
    }
    #expect(refused > 0 && refused < Self.rounds)
  }
}

/// Somebody who writes into a store's database.
private final class RowForger {
  private var database: OpaquePointer?
  private static let columns: [(table: String, names: [String])] = [
    ("content", ["bytes", "number"]), ("blobs", ["address", "parent", "users", "size", "chain", "content"]),
    (
      "executions",
      [
        "id", "program", "details", "status", "sequence", "state", "stateBytes", "question", "answer", "result",
        "outputBytes", "logEntries", "createdAt", "updatedAt", "owner",
      ]
    ), ("log", ["execution", "entry", "sequence", "kind", "bytes"]), ("programs", ["name", "address", "details"]),
  ]

  init(_ path: String) throws {
    try #require(sqlite3_open(path, &database) == SQLITE_OK)
  }

  deinit { sqlite3_close(database) }

  func change(_ generator: inout SeededGenerator) {
    if Int.random(in: 0..<2, using: &generator) == 0 { return forgeContent(&generator) }
    let (table, names) = Self.columns.randomElement(using: &generator) ?? ("log", ["bytes"])
    let name = names.randomElement(using: &generator) ?? "bytes"
    run("UPDATE OR IGNORE \(table) SET \(name) = \(Self.literal(name, &generator))" + Self.oneRow(table, &generator))
    if Int.random(in: 0..<12, using: &generator) == 0 { run("DELETE FROM \(table)" + Self.oneRow(table, &generator)) }
  }

  /// Changes bytes of a blob and makes its address right again, everywhere.
  private func forgeContent(_ generator: inout SeededGenerator) {
    var blobs: [(address: [UInt8], parent: [UInt8]?, bytes: [UInt8], content: Int64)] = []
    var statement: OpaquePointer?
    sqlite3_prepare_v2(
      database, "SELECT address, parent, bytes, number FROM blobs JOIN content ON number = content", -1, &statement, nil
    )
    while sqlite3_step(statement) == SQLITE_ROW {
      func bytes(_ column: Int32) -> [UInt8]? {
        guard let start = sqlite3_column_blob(statement, column) else { return nil }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
      }
      blobs.append((bytes(0) ?? [], bytes(1), bytes(2) ?? [], sqlite3_column_int64(statement, 3)))
    }
    sqlite3_finalize(statement)
    guard let victim = blobs.indices.randomElement(using: &generator), !blobs[victim].bytes.isEmpty else { return }
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = Int.random(in: blobs[victim].bytes.indices, using: &generator)
      blobs[victim].bytes[place] = UInt8.random(in: 0...255, using: &generator)
    }
    run("UPDATE content SET bytes = \(Self.text(blobs[victim].bytes)) WHERE number = \(blobs[victim].content)")
    // What stands on it gets another address, too.
    var changed = victim
    while true {
      let old = blobs[changed].address
      let new = Self.address(of: blobs[changed].bytes, parent: blobs[changed].parent)
      run("UPDATE OR IGNORE blobs SET address = \(Self.text(new)) WHERE address = \(Self.text(old))")
      for (table, name) in [("blobs", "parent"), ("executions", "state"), ("executions", "program")] {
        run("UPDATE \(table) SET \(name) = \(Self.text(new)) WHERE \(name) = \(Self.text(old))")
      }
      guard let child = blobs.firstIndex(where: { $0.parent == old }) else { return }
      blobs[child].parent = new
      changed = child
    }
  }

  private static func address(of bytes: [UInt8], parent: [UInt8]?) -> [UInt8] {
    func hexadecimal(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
    let address = BlobAddress(of: bytes, parent: parent.flatMap { BlobAddress(hexadecimal($0)) })
    return [address.high, address.low].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - $0 * 8)) }
    }
  }

  private static func oneRow(_ table: String, _ generator: inout SeededGenerator) -> String {
    let key = ["content": "number", "blobs": "address", "executions": "number", "log": "entry", "programs": "name"][
      table]
    guard let key else { return "" }
    let offset = Int.random(in: 0..<8, using: &generator)
    return
      " WHERE \(key) IN (SELECT \(key) FROM \(table) LIMIT 1 OFFSET \(offset) % (SELECT max(count(*), 1) FROM \(table)))"
  }

  private static func literal(_ column: String, _ generator: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: "NULL"
    case 1: "\(column) + 1"
    case 2: "\(column) - 1"
    case 3:
      ["0", "-1", "1", "9223372036854775807", "-9223372036854775808", "4294967296"]
        .randomElement(using: &generator) ?? "0"
    case 4: ["1e308", "-1e308", "9e999", "0.5"].randomElement(using: &generator) ?? "0"
    case 5:
      text((0..<Int.random(in: 0..<40, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) })
    case 6: "substr(\(column), 1, length(\(column)) / 2)"
    case 7: "\(column) || \(column)"
    default: "'\u{1F600} text \u{0}'"
    }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    "x'" + bytes.map { String(format: "%02x", $0) }.joined() + "'"
  }

  private func run(_ statement: String) { sqlite3_exec(database, statement, nil, nil, nil) }
}
