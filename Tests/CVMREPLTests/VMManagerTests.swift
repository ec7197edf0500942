import CVMREPL
import CVMStorage
import CVMTestSupport
import Testing

/// What a program that hosts executions can rely on.
@Suite struct VMManagerTests {
  private static let program = """
    console.log('start');
    const shared = {count: 0};
    const list = [shared, shared];
    for (const colour of ['red', 'green']) {
      const answer = CC(`${colour}?`);
      list[0].count++;
      console.log(colour, answer, list[0] === list[1], shared.count);
    }
    function main() { return shared; }
    """

  private let store = MemoryStore()

  /// A manager as in a process of its own: it knows nothing but the store.
  private var manager: VMManager { VMManager(store: store) }

  private func started() throws -> VMManager {
    let manager = manager
    try manager.loadProgram("colours", source: Self.program)
    try manager.startExecution("one", program: "colours")
    return manager
  }

  @Test func `each step may be made in another process`() throws {
    _ = try started()
    #expect(try manager.status("one").status == .ready)
    #expect(try manager.getNext("one") == .question("red?", sequence: 1))
    try manager.submit("1", to: "one", sequence: 1)
    #expect(try manager.status("one").status == .ready)
    #expect(try manager.getNext("one") == .question("green?", sequence: 3))
    try manager.submit("2", to: "one", sequence: 3)
    #expect(try manager.getNext("one") == .completed(result: "{ count: 2 }"))
    #expect(try manager.output("one") == "start\nred 1 true 1\ngreen 2 true 2\n")
    #expect(try manager.status("one").owner == nil)
  }

  @Test func `one manager goes on with its machine and comes to the same`() throws {
    let manager = try started()
    #expect(try manager.getNext("one") == .question("red?", sequence: 1))
    #expect(try manager.answer("1", to: "one", sequence: 1) == .question("green?", sequence: 2))
    try manager.submit("2", to: "one", sequence: 2)
    #expect(try manager.getNext("one") == .completed(result: "{ count: 2 }"))
    #expect(try manager.output("one") == "start\nred 1 true 1\ngreen 2 true 2\n")
  }

  @Test func `asking again runs nothing`() throws {
    let manager = try started()
    for _ in 1...3 { #expect(try manager.getNext("one") == .question("red?", sequence: 1)) }
    #expect(try self.manager.getNext("one") == .question("red?", sequence: 1))
    _ = try manager.answer("1", to: "one", sequence: 1)
    _ = try manager.answer("2", to: "one", sequence: 2)
    for _ in 1...3 { #expect(try manager.getNext("one") == .completed(result: "{ count: 2 }")) }
    #expect(try manager.output("one") == "start\nred 1 true 1\ngreen 2 true 2\n")
  }

  @Test func `an answer that comes twice is refused and changes nothing`() throws {
    let manager = try started()
    _ = try manager.getNext("one")
    try manager.submit("1", to: "one", sequence: 1)
    let again = ExecutionError.storage(.sequence(id: "one", expected: 1, found: 2))
    #expect(throws: again) { try manager.submit("1", to: "one", sequence: 1) }
    #expect(throws: again) { try self.manager.answer("other", to: "one", sequence: 1) }
    #expect(throws: ExecutionError.notWaiting(id: "one", status: .ready)) {
      try manager.submit("other", to: "one", sequence: 2)
    }
    #expect(try manager.getNext("one") == .question("green?", sequence: 3))
    #expect(try manager.output("one").hasSuffix("red 1 true 1\n"))
    #expect(again.description == "one is at step 2, not at step 1: it has gone on since")
  }

  @Test func `a machine of before does not go on when another process has`() throws {
    let first = try started()
    _ = try first.getNext("one")
    #expect(try manager.answer("from elsewhere", to: "one", sequence: 1) == .question("green?", sequence: 2))
    #expect(throws: ExecutionError.storage(.sequence(id: "one", expected: 1, found: 2))) {
      try first.answer("late", to: "one", sequence: 1)
    }
    #expect(try first.answer("2", to: "one", sequence: 2) == .completed(result: "{ count: 2 }"))
    #expect(try first.output("one") == "start\nred from elsewhere true 1\ngreen 2 true 2\n")
  }

  @Test func `an execution that somebody holds is theirs`() throws {
    let first = try started()
    try first.hold("one")
    _ = try first.getNext("one")
    let owner = try #require(try first.status("one").owner)
    let second = manager
    #expect(throws: ExecutionError.storage(.owned(id: "one", by: owner))) { try second.hold("one") }
    #expect(throws: ExecutionError.storage(.owned(id: "one", by: owner))) {
      try second.submit("1", to: "one", sequence: 1)
    }
    #expect(throws: ExecutionError.storage(.owned(id: "one", by: owner))) { try second.delete("one") }
    // Looking is free.
    #expect(try second.getNext("one") == .question("red?", sequence: 1))
    try first.release("one")
    try second.submit("1", to: "one", sequence: 1)
  }

  @Test func `a program loaded again leaves what was started alone`() throws {
    let manager = try started()
    _ = try manager.getNext("one")
    try manager.loadProgram("colours", source: "console.log('new');")
    #expect(try self.manager.answer("1", to: "one", sequence: 1) == .question("green?", sequence: 2))
    try manager.startExecution("two", program: "colours")
    #expect(try manager.getNext("two") == .completed(result: nil))
    #expect(try manager.output("two") == "new\n")
    #expect(try manager.list().map(\.id) == ["two", "one"])
  }

  @Test func `a restarted execution begins again with its own program`() throws {
    let manager = try started()
    _ = try manager.getNext("one")
    _ = try manager.answer("1", to: "one", sequence: 1)
    try manager.loadProgram("colours", source: "console.log('new');")
    try manager.restart("one")
    #expect(try manager.output("one") == "")
    #expect(try manager.getNext("one") == .question("red?", sequence: 4))
    #expect(try manager.output("one") == "start\n")
    try manager.delete("one")
    #expect(throws: ExecutionError.storage(.unknownExecution("one"))) { try manager.getNext("one") }
  }

  @Test func `a program that is none is refused before anything is kept`() throws {
    #expect(throws: ExecutionError.self) { try manager.loadProgram("broken", source: "let = ;") }
    #expect(try store.programNames() == [])
    #expect(throws: ExecutionError.storage(.unknownProgram("broken"))) {
      try manager.startExecution("one", program: "broken")
    }
  }

  @Test func `an error ends an execution with its report`() throws {
    let manager = manager
    try manager.loadProgram("fails.js", source: "CC('?');\nnull.x;")
    try manager.startExecution("one", program: "fails.js")
    _ = try manager.getNext("one")
    guard case .failed(let report) = try self.manager.answer("1", to: "one", sequence: 1) else {
      Issue.record("it should have failed")
      return
    }
    #expect(report.contains("Uncaught TypeError") && report.contains("fails.js:2:6"))
    #expect(try manager.getNext("one") == .failed(error: report))
  }

  @Test func `a state that is none is refused and the execution stays as it was`() throws {
    _ = try started()
    _ = try manager.getNext("one")
    let owner = Owner()
    for bytes in [[], [1, 2, 3], Array("\u{89}CVMS".utf8)] as [[UInt8]] {
      let record = try store.existing("one")
      var commit = ExecutionCommit(expectedSequence: record.sequence, status: .waiting)
      commit.state = .replaced(StateBlob(bytes))
      commit.question = "red?"
      let next = try store.commit(commit, to: "one", by: owner)
      #expect(throws: ExecutionError.self) { try manager.answer("1", to: "one", sequence: next.sequence) }
      #expect(try store.existing("one") == next)
    }
  }

  @Test func `what a stopped program did is there when it goes on`() throws {
    var options = SessionOptions()
    options.limits.steps = 50_000
    let limited = VMManager(store: store, options: options)
    try limited.loadProgram("long", source: "let n = 0;\nconsole.log('a');\nwhile (n < 300000) n++;\nconsole.log(n);")
    try limited.startExecution("one", program: "long")
    #expect(try limited.getNext("one") == .stopped(.stepLimit))
    #expect(try limited.status("one").status == .stopped)
    #expect(try limited.getNext("one") == .stopped(.stepLimit))
    #expect(try manager.getNext("one") == .completed(result: nil))
    #expect(try manager.output("one") == "a\n300000\n")
  }

  // MARK: - Images

  private static let asker = """
    const list = [];
    let answer = '';
    while (answer !== 'end') {
      answer = CC('next ' + list.length);
      list.push({answer, before: list[list.length - 1]});
      console.log(list.length, answer);
    }
    function main() { return list.filter((each, i) => i > 0 && each.before !== list[i - 1]).length; }
    """

  @Test func `a manager that keeps an execution writes what changed and any process can go on`() throws {
    let manager = VMManager(store: store, smallState: 0)
    try manager.loadProgram("asker", source: Self.asker)
    try manager.startExecution("one", program: "asker")
    try manager.hold("one")
    _ = try manager.getNext("one")
    for number in 1...8 { _ = try manager.answer("\(number)", to: "one", sequence: number) }
    let chain = try store.state(of: "one")
    #expect(chain.count > 3)
    #expect(chain.dropFirst().allSatisfy { $0.bytes.count < chain[0].bytes.count / 4 })
    #expect(try manager.status("one").stateBytes == chain.reduce(0) { $0 + $1.bytes.count })

    // Another process finds the images, as after a kill: the lease is gone, the state is as it was written.
    try store.release("one", by: try #require(try store.existing("one").owner))
    let second = VMManager(store: store, smallState: 0)
    try second.hold("one")
    #expect(try second.getNext("one") == .question("next 8", sequence: 9))
    #expect(try second.answer("9", to: "one", sequence: 9) == .question("next 9", sequence: 10))
    #expect(try store.state(of: "one").count == chain.count + 1)

    // Given back, it is a state for every version of the program, at the same step.
    try second.release("one")
    #expect(try store.state(of: "one").count == 1)
    #expect(try self.manager.status("one").sequence == 10)
    #expect(try self.manager.status("one").question == "next 9")
    #expect(try self.manager.answer("end", to: "one", sequence: 10) == .completed(result: "0"))
    #expect(try self.manager.output("one") == (1...9).map { "\($0) \($0)\n" }.joined() + "10 end\n")
    #expect(try store.contentSize().blobs == 1)
  }

  @Test func `the image of a heap of ten thousand texts takes less than half of its pages`() throws {
    let manager = VMManager(store: store)
    try manager.loadProgram(
      "texts",
      source: """
        const texts = [];
        for (let i = 0; i < 10000; i++) texts.push('text number ' + i + ' of them all');
        for (let n = 0; ; n++) texts[n * 37 % 10000] = 'changed to ' + CC(texts[n]);
        """)
    try manager.startExecution("one", program: "texts")
    try manager.hold("one")
    _ = try manager.getNext("one")
    for number in 1...3 { _ = try manager.answer("\(number)", to: "one", sequence: number) }
    let chain = try store.state(of: "one")
    #expect(chain.count == 3)
    // The texts alone take 48 bytes each.
    #expect(chain[0].bytes.count > 100_000 && chain[0].bytes.count < 1_000_000)
    try store.release("one", by: try #require(try store.existing("one").owner))
    let second = self.manager
    #expect(try second.answer("4", to: "one", sequence: 4) == .question("text number 4 of them all", sequence: 5))
  }
}
