import CFaultVFS
import CVMStorage
import CVMTestSupport
import Glibc
import Testing

/// Lets the operations of a store fail, one after the other.
final class FaultPlan: @unchecked Sendable {
  enum Kind: CaseIterable, Sendable { case full, inputOutput, short }

  private var kind = Kind.full
  private var countdown = -1
  private(set) var didFail = false

  /// Lets the operation after so many fail, once.
  func fail(after count: Int, _ kind: Kind) { (countdown, didFail, self.kind) = (count, false, kind) }
  func stop() { countdown = -1 }

  func next() -> Kind? {
    guard countdown >= 0 else { return nil }
    countdown -= 1
    guard countdown < 0 else { return nil }
    didFail = true
    return kind
  }

  var fileOperations: FileOperations {
    FileOperations(durability: .processEnd) { [self] _, _ in
      switch next() {
      case nil: nil
      case .full: .error(ENOSPC)
      case .inputOutput: .error(EIO)
      case .short: .shortWrite(5, ENOSPC)
      }
    }
  }

  /// SQLite's file system is one for the whole process.
  static let sqlite: FaultPlan = {
    cvm_register_fault_vfs("cvm-faults") { _ in
      switch FaultPlan.sqlite.next() {
      case nil: CVM_FAULT_NONE
      case .full: CVM_FAULT_FULL
      case .inputOutput: CVM_FAULT_IO
      case .short: CVM_FAULT_SHORT
      }
    }
    return FaultPlan()
  }()
}

/// After any failure a store opens, holds what it acknowledged, and goes on.
@Suite(.serialized) struct FaultTests {
  private typealias Step = (name: String, act: @Sendable (any ExecutionStore) throws -> Void)

  private static let owner = Owner()

  /// One that comes from another store.
  private static let imported: NewExecution = {
    var first = ExecutionCommit(expectedSequence: 0, status: .waiting)
    first.state = .replaced(StateBlob(Array("elsewhere".utf8)))
    first.question = "which?"
    first.log = [LogEntry(.output, "before\n")]
    return NewExecution(id: "three", program: Array("program".utf8), first: first)
  }()

  /// Steps in the life of a store.
  private static let steps: [Step] = [
    ("create", { try $0.create(NewExecution(id: "one", program: Array("program".utf8)), owner: nil) }),
    ("create another", { try $0.create(NewExecution(id: "two", program: Array("program".utf8)), owner: owner) }),
    ("create one with a state", { try $0.create(imported, owner: nil) }),
    ("acquire", { try $0.acquire("one", for: owner) }),
    ("commit", { try $0.step("one", owner, state: "base", output: "first\n", question: "q") }),
    ("commit the same", { try $0.step("two", owner, state: "base", output: "other\n") }),
    ("commit on it", { try $0.step("one", owner, state: "+1", parent: $0.existing("one").state, output: "second\n") }),
    (
      "commit a large one",
      { try $0.step("one", owner, state: String(repeating: "x", count: 50_000), output: "third\n") }
    ),
    ("save a program", { try $0.saveProgram("p", Array("source".utf8), details: [1]) }),
    ("save it again", { try $0.saveProgram("p", Array("newer".utf8), details: [2]) }),
    ("finish", { try $0.step("one", owner, state: "end", output: "fourth\n", status: .completed) }),
    ("release", { try $0.release("one", by: owner) }),
    ("delete", { try $0.delete("one", by: owner) }),
    ("remove the program", { try $0.removeProgram("p") }),
  ]

  /// Everything that a store holds.
  private static func content(_ store: any ExecutionStore) throws -> String {
    var lines: [String] = []
    for record in try store.records().sorted(by: { $0.id < $1.id }) {
      lines.append(
        "\(record.id) \(record.status) \(record.sequence) \(record.question ?? "-") \(record.owner == owner) "
          + "\(try store.stateTexts(of: record.id)) \(record.stateBytes) \(try store.outputText(of: record.id)) "
          + String(decoding: try store.program(of: record.id), as: UTF8.self))
    }
    for name in try store.programNames() { lines.append("\(name) \(try store.program(named: name)?.source ?? [])") }
    return lines.joined(separator: "\n")
  }

  private static func opened(_ adapter: Adapter, _ folder: String, _ plan: FaultPlan?) throws -> any ExecutionStore {
    switch adapter {
    case .memory: MemoryStore()
    case .directory:
      try DirectoryStore(
        path: folder + "/store", files: plan?.fileOperations ?? FileOperations(durability: .processEnd))
    case .sqlite:
      // The shim does not sync, but sees each wish to.
      try SQLiteStore(
        path: folder + "/store.db", durability: plan == nil ? .processEnd : .powerLoss,
        vfs: plan == nil ? nil : "cvm-faults", busyTimeout: 1)
    }
  }

  @Test(arguments: Adapter.lasting, FaultPlan.Kind.allCases)
  func `each operation that fails leaves the step before or after it`(_ adapter: Adapter, _ kind: FaultPlan.Kind) throws
  {
    let plan = adapter == .sqlite ? FaultPlan.sqlite : FaultPlan()
    defer { plan.stop() }
    var expected = [""]
    let ideal = MemoryStore()
    for step in Self.steps {
      try step.act(ideal)
      expected.append(try Self.content(ideal))
    }
    for (number, step) in Self.steps.enumerated() {
      var count = 0
      repeat {
        let folder = try ScratchDirectory()
        plan.stop()
        let store = try Self.opened(adapter, folder.path, plan)
        for earlier in Self.steps[..<number] { try earlier.act(store) }
        plan.fail(after: count, kind)
        var failure: (any Error)?
        do { try step.act(store) } catch { failure = error }
        plan.stop()
        try check(adapter, folder.path, store, number, expected, failure)
        count += 1
      } while plan.didFail
      #expect(count > 1, "\(step.name) can fail")
    }
  }

  /// The store that saw the failure and one opened after it hold the same, and both go on.
  private func check(
    _ adapter: Adapter, _ folder: String, _ store: any ExecutionStore, _ number: Int, _ expected: [String],
    _ failure: (any Error)?
  ) throws {
    let name = Self.steps[number].name
    let reopened = try Self.opened(adapter, folder, nil)
    let found = try Self.content(reopened)
    #expect(try Self.content(store) == found, "\(name)")
    if failure == nil {
      try #require(found == expected[number + 1], "\(name) was acknowledged")
    } else {
      try #require(
        found == expected[number] || found == expected[number + 1], "\(name): \(String(describing: failure))")
    }
    var next = number + (found == expected[number + 1] && found != expected[number] ? 1 : 0)
    if failure == nil { next = number + 1 }
    let last = max(min(number + 3, Self.steps.count), next)
    for index in next..<last { try Self.steps[index].act(index % 2 == 0 ? store : reopened) }
    #expect(try Self.content(reopened) == expected[last], "going on after \(name)")
  }

  @Test(arguments: Adapter.lasting, FaultPlan.Kind.allCases)
  func `a store whose opening fails opens the next time`(_ adapter: Adapter, _ kind: FaultPlan.Kind) throws {
    let plan = adapter == .sqlite ? FaultPlan.sqlite : FaultPlan()
    defer { plan.stop() }
    var count = 0
    repeat {
      let folder = try ScratchDirectory()
      plan.fail(after: count, kind)
      _ = try? Self.opened(adapter, folder.path, plan)
      plan.stop()
      let store = try Self.opened(adapter, folder.path, nil)
      try Self.steps[0].act(store)
      #expect(try store.records().count == 1)
      count += 1
    } while plan.didFail
    #expect(count > 5)
  }
}
