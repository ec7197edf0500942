import CVMStorage
import CVMTestSupport
import Testing

/// What every store promises, whatever it is made of.
@Suite struct StoreContractTests {
  let folder: ScratchDirectory
  let owner = Owner()

  init() throws { folder = try ScratchDirectory() }

  private func store(_ adapter: Adapter, executions: String...) throws -> any ExecutionStore {
    let store = try adapter.open(folder)
    for id in executions { try store.create(NewExecution(id: id, program: Array("program of \(id)".utf8)), owner: nil) }
    return store
  }

  // MARK: - Executions

  @Test(arguments: Adapter.allCases) func `a new execution is ready and has no state`(_ adapter: Adapter) throws {
    let store = try adapter.open(folder)
    let made = try store.create(
      NewExecution(id: "one", program: Array("let a = 1".utf8), details: [1, 2, 3]), owner: nil)
    let record = try store.existing("one")
    #expect(record == made)
    #expect(record.status == .ready)
    #expect(record.sequence == 0)
    #expect(record.details == [1, 2, 3])
    #expect(record.question == nil && record.answer == nil && record.result == nil && record.owner == nil)
    #expect(try store.program(of: "one") == Array("let a = 1".utf8))
    #expect(try store.state(of: "one").isEmpty)
    #expect(try store.log(of: "one").isEmpty)
    #expect(abs(record.createdAt - currentTime()) < 60)
  }

  @Test(arguments: Adapter.allCases) func `what comes from elsewhere is made with its state and its log`(
    _ adapter: Adapter
  ) throws {
    let store = try store(adapter)
    var first = ExecutionCommit(expectedSequence: 0, status: .waiting)
    first.state = .replaced(StateBlob([7, 8, 9]))
    first.question = "which?"
    first.log = [LogEntry(.output, "out\n"), LogEntry(.question, "which?")]
    let made = try store.create(NewExecution(id: "one", program: [1], first: first), owner: owner)
    #expect(try made == store.existing("one"))
    #expect(made.status == .waiting && made.sequence == 1 && made.question == "which?" && made.owner == owner)
    #expect(try store.stateTexts(of: "one") == [String(decoding: [7, 8, 9], as: UTF8.self)])
    #expect(try store.outputText(of: "one") == "out\n")
    #expect(try store.step("one", owner, state: "next", output: "more\n").sequence == 2)
    #expect(try store.outputText(of: "one") == "out\nmore\n")
  }

  @Test(arguments: Adapter.allCases) func `what comes with a state that can't be is not made`(
    _ adapter: Adapter
  ) throws {
    let store = try store(adapter)
    var first = ExecutionCommit(expectedSequence: 3, status: .waiting)
    #expect(throws: StorageError.sequence(id: "one", expected: 3, found: 0)) {
      try store.create(NewExecution(id: "one", program: [1], first: first), owner: nil)
    }
    first.expectedSequence = 0
    let parent = BlobAddress(high: 1, low: 2)
    first.state = .replaced(StateBlob([1], parent: parent))
    #expect(throws: StorageError.unknownParent(parent)) {
      try store.create(NewExecution(id: "one", program: [1], first: first), owner: nil)
    }
    #expect(try store.record("one") == nil)
    #expect(try store.contentSize().blobs == 0)
  }

  @Test(arguments: Adapter.allCases) func `an id is given once`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one")
    #expect(throws: StorageError.taken("one")) {
      try store.create(NewExecution(id: "one", program: [1]), owner: nil)
    }
    #expect(try store.program(of: "one") == Array("program of one".utf8))
  }

  @Test(arguments: Adapter.allCases) func `names that would not do as file names are refused`(_ adapter: Adapter) throws
  {
    let store = try store(adapter)
    for name in ["", ".", "..", ".hidden", "-e", "a/b", "a b", "ä", "a\n", "a\0", String(repeating: "a", count: 101)] {
      #expect(throws: StorageError.badName(name)) { try store.create(NewExecution(id: name, program: []), owner: nil) }
      #expect(try store.record(name) == nil)
    }
    try store.create(NewExecution(id: "A-1_b.c", program: []), owner: nil)
  }

  @Test(arguments: Adapter.allCases) func `what is not there is named`(_ adapter: Adapter) throws {
    let store = try store(adapter)
    let unknown = StorageError.unknownExecution("none")
    #expect(try store.record("none") == nil)
    #expect(throws: unknown) { try store.state(of: "none") }
    #expect(throws: unknown) { try store.log(of: "none") }
    #expect(throws: unknown) { try store.program(of: "none") }
    #expect(throws: unknown) { try store.delete("none", by: owner) }
    #expect(throws: unknown) { try store.acquire("none", for: owner) }
    #expect(throws: unknown) {
      try store.commit(ExecutionCommit(expectedSequence: 0, status: .ready), to: "none", by: owner)
    }
  }

  @Test(arguments: Adapter.allCases) func `the list has the newest change first`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one", "two", "three")
    try store.step("one", owner, state: "a")
    #expect(try store.records().map(\.id) == ["one", "three", "two"])
    #expect(try store.records().first == store.existing("one"))
  }

  // MARK: - Commits

  @Test(arguments: Adapter.allCases) func `a commit brings everything at once`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one")
    var commit = ExecutionCommit(expectedSequence: 0, status: .waiting)
    commit.state = .replaced(StateBlob([7, 8, 9]))
    commit.question = "which? \u{1F600}"
    commit.log = [LogEntry(.output, "out\n"), LogEntry(.errorOutput, "err\n"), LogEntry(.question, "which?")]
    let record = try store.commit(commit, to: "one", by: owner)
    #expect(try record == store.existing("one"))
    #expect(record.status == .waiting)
    #expect(record.sequence == 1)
    #expect(record.question == "which? \u{1F600}")
    #expect(record.outputBytes == 8)
    #expect(record.stateBytes == 3)
    #expect(try store.state(of: "one").map(\.bytes) == [[7, 8, 9]])
    #expect(try store.log(of: "one").map(\.kind) == [.output, .errorOutput, .question])
    #expect(try store.log(of: "one").map(\.sequence) == [1, 1, 1])
    #expect(try store.log(of: "one", from: 2) == [store.log(of: "one")[2]])
    #expect(try store.log(of: "one", from: 3).isEmpty)
    #expect(try store.outputText(of: "one") == "out\n")
  }

  @Test(arguments: Adapter.allCases) func `output is appended`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one", "two")
    for number in 1...20 {
      try store.step("one", owner, state: "state \(number)", output: "line \(number)\n")
      try store.step("two", owner, state: "state \(number)", output: "other \(number)\n")
    }
    #expect(try store.outputText(of: "one") == (1...20).map { "line \($0)\n" }.joined())
    #expect(try store.outputText(of: "two") == (1...20).map { "other \($0)\n" }.joined())
    #expect(try store.stateTexts(of: "one") == ["state 20"])
  }

  @Test(arguments: Adapter.allCases)
  func `a commit made from an older step is refused and changes nothing`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one")
    try store.step("one", owner, state: "a", output: "a\n")
    try store.step("one", owner, state: "b", output: "b\n")
    let before = try store.existing("one")
    for expected in [0, 1, 3] {
      var commit = ExecutionCommit(expectedSequence: expected, status: .failed)
      commit.state = .replaced(StateBlob([1]))
      commit.log = [LogEntry(.output, "again\n")]
      let error = StorageError.sequence(id: "one", expected: expected, found: 2)
      #expect(throws: error) { try store.commit(commit, to: "one", by: owner) }
      #expect(error.description == "one is at step 2, not at step \(expected): it has gone on since")
    }
    #expect(try store.existing("one") == before)
    #expect(try store.stateTexts(of: "one") == ["b"])
    #expect(try store.outputText(of: "one") == "a\nb\n")
  }

  @Test(arguments: Adapter.allCases) func `a commit may keep or remove the state`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one")
    try store.step("one", owner, state: "a")
    var commit = ExecutionCommit(expectedSequence: 1, status: .ready)
    commit.answer = "blue"
    #expect(try store.commit(commit, to: "one", by: owner).answer == "blue")
    #expect(try store.stateTexts(of: "one") == ["a"])
    commit = ExecutionCommit(expectedSequence: 2, status: .completed)
    commit.state = .removed
    commit.result = "42"
    let record = try store.commit(commit, to: "one", by: owner)
    #expect(record.answer == nil && record.result == "42" && record.stateBytes == 0)
    #expect(try store.state(of: "one").isEmpty)
  }

  @Test(arguments: Adapter.allCases) func `large states and outputs come back`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one")
    let state = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
    var commit = ExecutionCommit(expectedSequence: 0, status: .waiting)
    commit.state = .replaced(StateBlob(state))
    commit.log = [LogEntry(.output, Array(state.prefix(1_000_000))), LogEntry(.output, [])]
    try store.commit(commit, to: "one", by: owner)
    #expect(try store.state(of: "one").first?.bytes == state)
    #expect(try store.output(of: "one") == Array(state.prefix(1_000_000)))
  }

  // MARK: - Blobs

  @Test(arguments: Adapter.allCases) func `a state on a parent comes with its chain`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one")
    let base = try store.step("one", owner, state: "base")
    let second = try store.step("one", owner, state: "+1", parent: base.state)
    let third = try store.step("one", owner, state: "+2", parent: second.state)
    #expect(try store.stateTexts(of: "one") == ["base", "+1", "+2"])
    #expect(try store.state(of: "one").map(\.address) == [base.state, second.state, third.state])
    #expect(try store.state(of: "one").map(\.parent) == [nil, base.state, second.state])
    #expect(third.stateBytes == 8)
    // Back to a complete one: the chain goes.
    try store.step("one", owner, state: "squashed")
    #expect(try store.stateTexts(of: "one") == ["squashed"])
    #expect(try store.contentSize() == (2, "program of onesquashed".utf8.count))
  }

  @Test(arguments: Adapter.allCases)
  func `a state on a parent that is not there is refused`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one")
    let nowhere = BlobAddress(of: [1, 2, 3])
    #expect(throws: StorageError.unknownParent(nowhere)) {
      try store.step("one", owner, state: "+1", parent: nowhere)
    }
    #expect(try store.existing("one").sequence == 0)
  }

  @Test(arguments: Adapter.allCases) func `equal content is stored once`(_ adapter: Adapter) throws {
    let store = try adapter.open(folder)
    for id in ["one", "two"] { try store.create(NewExecution(id: id, program: Array("same".utf8)), owner: nil) }
    let base = try store.step("one", owner, state: "base")
    #expect(try store.step("two", owner, state: "base").state == base.state)
    #expect(try store.contentSize() == (2, 8))
    try store.step("two", owner, state: "+1", parent: base.state)
    #expect(try store.contentSize() == (3, 10))
    try store.delete("one", by: owner)
    #expect(try store.stateTexts(of: "two") == ["base", "+1"])
    #expect(try store.contentSize() == (3, 10))
    try store.delete("two", by: owner)
    #expect(try store.contentSize() == (0, 0))
  }

  @Test(arguments: Adapter.allCases)
  func `the same bytes on different parents are different states`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one", "two")
    let first = try store.step("one", owner, state: "a")
    let second = try store.step("two", owner, state: "b")
    let onFirst = try store.step("one", owner, state: "+", parent: first.state)
    let onSecond = try store.step("two", owner, state: "+", parent: second.state)
    #expect(onFirst.state != onSecond.state)
    #expect(try store.stateTexts(of: "one") == ["a", "+"])
    #expect(try store.stateTexts(of: "two") == ["b", "+"])
  }

  @Test(arguments: Adapter.allCases) func `a state that comes again is kept`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one")
    for state in ["a", "b", "a", "a", "b"] {
      try store.step("one", owner, state: state)
      #expect(try store.stateTexts(of: "one") == [state])
    }
    #expect(try store.contentSize().blobs == 2)
  }

  // MARK: - Deleting

  @Test(arguments: Adapter.allCases) func `a deleted execution leaves nothing and its id is free`(_ adapter: Adapter)
    throws
  {
    let store = try store(adapter, executions: "one", "two")
    try store.step("one", owner, state: "a", output: "a\n")
    try store.delete("one", by: owner)
    #expect(try store.record("one") == nil)
    #expect(try store.records().map(\.id) == ["two"])
    #expect(try store.contentSize().blobs == 1)
    try store.create(NewExecution(id: "one", program: [1]), owner: nil)
    #expect(try store.existing("one").sequence == 0)
    #expect(try store.output(of: "one").isEmpty)
  }

  // MARK: - Programs

  @Test(arguments: Adapter.allCases)
  func `a program loaded again leaves executions of the old one alone`(_ adapter: Adapter) throws {
    let store = try adapter.open(folder)
    try store.saveProgram("a program/of mine", Array("first".utf8), details: [1])
    let old = try #require(try store.program(named: "a program/of mine"))
    try store.create(NewExecution(id: "one", program: old.source), owner: nil)
    try store.saveProgram("a program/of mine", Array("second".utf8), details: [2])
    #expect(try store.program(named: "a program/of mine")?.source == Array("second".utf8))
    #expect(try store.program(named: "a program/of mine")?.details == [2])
    #expect(try store.program(of: "one") == Array("first".utf8))
    try store.saveProgram("b", [], details: [])
    #expect(try store.programNames() == ["a program/of mine", "b"])
    try store.removeProgram("a program/of mine")
    #expect(try store.program(named: "a program/of mine") == nil)
    #expect(throws: StorageError.unknownProgram("a program/of mine")) { try store.removeProgram("a program/of mine") }
    #expect(try store.program(of: "one") == Array("first".utf8))
  }

  @Test(arguments: Adapter.allCases) func `a state that is written in another way is no step`(
    _ adapter: Adapter
  ) throws {
    let store = try store(adapter, executions: "one")
    let before = try store.step("one", owner, state: "whole", output: "out\n")
    var commit = ExecutionCommit(expectedSequence: 1, status: .waiting)
    commit.state = .replaced(StateBlob(Array("squashed".utf8)))
    commit.isSameStep = true
    let after = try store.commit(commit, to: "one", by: owner)
    #expect(after.sequence == 1 && after.updatedAt == before.updatedAt && after.outputBytes == 4)
    #expect(try store.stateTexts(of: "one") == ["squashed"])
    #expect(try store.existing("one") == after)
  }

  @Test(arguments: Adapter.allCases) func `an execution that begins again has printed nothing`(
    _ adapter: Adapter
  ) throws {
    let store = try store(adapter, executions: "one")
    try store.step("one", owner, state: "a", output: "out\n")
    var commit = ExecutionCommit(expectedSequence: 1, status: .ready)
    commit.state = .removed
    commit.log = [LogEntry(.restart, "")]
    #expect(try store.commit(commit, to: "one", by: owner).outputBytes == 0)
    #expect(try store.outputText(of: "one") == "")
    #expect(try store.step("one", owner, state: "b", output: "new\n").outputBytes == 4)
    #expect(try store.outputText(of: "one") == "new\n")
    #expect(try store.log(of: "one").count == 3)
  }

  // MARK: - Leases

  @Test(arguments: Adapter.allCases) func `an execution has one owner`(_ adapter: Adapter) throws {
    let store = try store(adapter, executions: "one")
    let other = Owner()
    #expect(try store.acquire("one", for: owner).owner == owner)
    try store.acquire("one", for: owner)
    #expect(throws: StorageError.owned(id: "one", by: owner)) { try store.acquire("one", for: other) }
    #expect(throws: StorageError.owned(id: "one", by: owner)) { try store.step("one", other, state: "a") }
    #expect(throws: StorageError.owned(id: "one", by: owner)) { try store.delete("one", by: other) }
    // Another's lease can't be given back.
    try store.release("one", by: other)
    #expect(try store.existing("one").owner == owner)
    try store.step("one", owner, state: "a")
    #expect(try store.existing("one").owner == owner)
    try store.release("one", by: owner)
    #expect(try store.acquire("one", for: other).owner == other)
    #expect(throws: StorageError.owned(id: "one", by: other)) { try store.step("one", owner, state: "b") }
    try store.delete("one", by: other)
  }

  @Test(arguments: Adapter.allCases) func `whoever makes an execution may own it at once`(_ adapter: Adapter) throws {
    let store = try adapter.open(folder)
    try store.create(NewExecution(id: "one", program: []), owner: owner)
    #expect(throws: StorageError.owned(id: "one", by: owner)) { try store.acquire("one", for: Owner()) }
  }

  @Test(arguments: Adapter.allCases) func `the last step of an owner can give the execution back`(
    _ adapter: Adapter
  ) throws {
    let store = try store(adapter, executions: "one")
    try store.acquire("one", for: owner)
    var commit = ExecutionCommit(expectedSequence: 0, status: .waiting)
    commit.releases = true
    #expect(try store.commit(commit, to: "one", by: owner).owner == nil)
    let other = Owner()
    #expect(try store.acquire("one", for: other).owner == other)
  }

  @Test func `an owner is named with its process and its time`() throws {
    let text = StorageError.owned(id: "one", by: owner).description
    #expect(text.hasPrefix("one is in the hands of process \(owner.process), since 20"))
  }

  // MARK: - Reopening

  @Test(arguments: Adapter.lasting) func `everything is there when the store is opened again`(_ adapter: Adapter) throws
  {
    try store(adapter, executions: "one").step("one", owner, state: "base", output: "a\n", question: "q")
    let second = try adapter.open(folder)
    let record = try second.existing("one")
    #expect(record.question == "q")
    try second.step("one", owner, state: "+1", parent: record.state, output: "b\n")
    let third = try adapter.open(folder)
    #expect(try third.stateTexts(of: "one") == ["base", "+1"])
    #expect(try third.outputText(of: "one") == "a\nb\n")
  }

  @Test(arguments: Adapter.lasting) func `two handles of one store see each other's commits`(_ adapter: Adapter) throws
  {
    let (first, second) = (try store(adapter, executions: "one"), try adapter.open(folder))
    for number in 1...10 {
      try (number % 2 == 0 ? first : second).step("one", owner, state: "\(number)", output: "\(number) ")
      #expect(try (number % 2 == 0 ? second : first).stateTexts(of: "one") == ["\(number)"])
    }
    #expect(try second.outputText(of: "one") == "1 2 3 4 5 6 7 8 9 10 ")
  }
}
