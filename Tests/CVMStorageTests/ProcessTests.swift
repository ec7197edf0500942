import CVMStorage
import CVMTestSupport
import Foundation
import Testing

/// Stores that several processes use, and that lose one of them.
@Suite struct ProcessTests {
  let folder: ScratchDirectory

  init() throws { folder = try ScratchDirectory() }

  private func probe(_ adapter: Adapter, _ arguments: String...) -> Subprocess {
    Subprocess(BuiltProgram.built("store-probe"), [adapter.place(folder)] + arguments)
  }

  /// How often a process is killed: some dozen times, or as often as `CVM_KILLS` says.
  private static let kills = ProcessInfo.processInfo.environment["CVM_KILLS"].flatMap { Int($0) } ?? 12

  @Test(arguments: Adapter.lasting)
  func `a process killed while it commits leaves the step that it acknowledged or the next one`(
    _ adapter: Adapter
  ) throws {
    try adapter.open(folder).create(NewExecution(id: "one", program: Array("p".utf8)), owner: nil)
    var generator = SeededGenerator(seed: UInt64(Self.kills))
    var last = 0
    for round in 1...Self.kills {
      let process = try probe(adapter, "commit", "one").start()
      let hasBegun = process.waitForOutput(containing: "\n")
      #expect(hasBegun)
      usleep(UInt32.random(in: 0...20_000, using: &generator))
      process.send(signal: SIGKILL)
      let outcome = process.wait()
      #expect(outcome.ending == .killed(signal: SIGKILL))
      let acknowledged = try #require(outcome.outputLines.last.flatMap { Int($0) }, "\(outcome.output.suffix(200))")
      let record = try check(adapter)
      try #require([acknowledged, acknowledged + 1].contains(record.sequence), "round \(round)")
      #expect(record.sequence > last)
      last = record.sequence
    }
    // Nothing piles up: the program, at most four states, and what the last kill left.
    let store = try adapter.open(folder)
    try store.create(NewExecution(id: "two", program: Array("p".utf8)), owner: nil)
    #expect(try store.contentSize().blobs <= 10)
  }

  /// The store holds exactly what the steps up to its sequence number made.
  private func check(_ adapter: Adapter) throws -> ExecutionRecord {
    let store = try adapter.open(folder)
    let record = try store.existing("one")
    let number = record.sequence
    #expect(record.question == "question \(number)")
    let chain = try store.state(of: "one")
    #expect(chain.count == (number < 4 ? number : number % 4 + 1))
    for (index, blob) in chain.enumerated() {
      let step = number - chain.count + 1 + index
      let expected =
        [UInt8](repeating: UInt8(truncatingIfNeeded: step), count: 1000 + step % 7 * 3000) + Array("state \(step)".utf8)
      #expect(blob.bytes == expected)
    }
    #expect(try store.outputText(of: "one") == (1...number).map { "line \($0)\n" }.joined())
    return record
  }

  @Test(arguments: Adapter.lasting)
  func `a process killed while it imports leaves each execution with its state or none of it`(
    _ adapter: Adapter
  ) throws {
    _ = try adapter.open(folder)
    var generator = SeededGenerator(seed: UInt64(Self.kills))
    for round in 1...Self.kills {
      let process = try probe(adapter, "import").start()
      let hasBegun = process.waitForOutput(containing: "\n")
      #expect(hasBegun)
      usleep(UInt32.random(in: 0...20_000, using: &generator))
      process.send(signal: SIGKILL)
      let acknowledged = try #require(process.wait().outputLines.last.flatMap { Int($0) })
      let store = try adapter.open(folder)
      let records = try store.records()
      try #require([acknowledged, acknowledged + 1].contains(records.count), "round \(round)")
      for record in records {
        let number = try #require(Int(record.id.dropFirst()))
        try #require(record.status == .waiting && record.question == "question \(number)", "round \(round)")
        #expect(try store.stateTexts(of: record.id).first?.hasPrefix("state \(number) ") == true)
        #expect(try store.outputText(of: record.id) == "line \(number)\n")
      }
    }
  }

  @Test(arguments: Adapter.lasting)
  func `two processes that answer at the same time lose no answer`(_ adapter: Adapter) throws {
    let count = 40
    try adapter.open(folder).create(NewExecution(id: "one", program: Array("p".utf8)), owner: nil)
    let first = try probe(adapter, "answer", "one", "a", "\(count)").start()
    let second = try probe(adapter, "answer", "one", "b", "\(count)").start()
    let outcomes = [first.wait(), second.wait()]
    #expect(outcomes.map(\.ending) == [.exited(0), .exited(0)], "\(outcomes.map(\.output))")
    let store = try adapter.open(folder)
    let answers = try store.log(of: "one").map { String(decoding: $0.bytes, as: UTF8.self) }
    for name in ["a", "b"] {
      #expect(answers.filter { $0.hasPrefix(name) } == (0..<count).map { "\(name) \($0)" })
    }
    #expect(try store.existing("one").sequence == 2 * count)
    #expect(try store.log(of: "one").map(\.sequence) == Array(1...(2 * count)))
  }

  @Test(arguments: Adapter.lasting)
  func `the lease of a process that was killed is taken over and that of a living one is not`(
    _ adapter: Adapter
  ) throws {
    let store = try adapter.open(folder)
    try store.create(NewExecution(id: "one", program: []), owner: nil)
    let process = try probe(adapter, "hold", "one").start()
    let isHeld = process.waitForOutput(containing: "held")
    #expect(isHeld)
    let owner = try #require(try store.existing("one").owner)
    let output = process.outputSoFar
    #expect(output == "held by \(owner.process)\n")
    #expect(throws: StorageError.owned(id: "one", by: owner)) { try store.acquire("one", for: Owner()) }
    process.send(signal: SIGKILL)
    _ = process.wait()
    let mine = Owner()
    #expect(try store.acquire("one", for: mine).owner == mine)
  }

  @Test(arguments: Adapter.lasting) func `many processes may open a new store at once`(_ adapter: Adapter) throws {
    let first = try probe(adapter, "hold", "one").start()
    let second = try probe(adapter, "hold", "one").start()
    let third = try probe(adapter, "hold", "one").start()
    // Each of them comes as far as to look for it.
    for outcome in [first.wait(), second.wait(), third.wait()] {
      #expect(outcome.output == "error: There is no execution one\n")
    }
  }
}
