import CVMStorage
import CVMTestSupport
import Foundation
import Testing

/// What a process leaves in a directory store that was killed while it wrote goes without anybody asking for it.
@Suite struct LeftOverTests {
  let folder: ScratchDirectory
  let owner = Owner()
  let store: any ExecutionStore

  init() throws {
    folder = try ScratchDirectory()
    store = try Adapter.directory.open(folder)
    try store.create(NewExecution(id: "one", program: []), owner: nil)
    try store.step("one", owner, state: "first", output: "first\n")
  }

  private var place: String { Adapter.directory.path(folder) + "/executions" }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func `half of a step behind the log is overwritten and cut off`() throws {
    let log = place + "/one/log"
    let whole = try Data(contentsOf: URL(fileURLWithPath: log))
    try (whole + Data(repeating: 7, count: 5000)).write(to: URL(fileURLWithPath: log))
    #expect(try store.outputText(of: "one") == "first\n")
    try store.step("one", owner, state: "second", output: "second\n")
    #expect(try store.outputText(of: "one") == "first\nsecond\n")
    #expect(try Data(contentsOf: URL(fileURLWithPath: log)).count < whole.count + 100)
  }

  @Test func `half of a file goes with the next state`() throws {
    let before = try names(in: place + "/one").filter { !$0.hasSuffix(".blob") }
    try Data([1]).write(to: URL(fileURLWithPath: place + "/one/record.abc.new"))
    try store.step("one", owner, state: "second")
    #expect(try names(in: place + "/one").filter { !$0.hasSuffix(".blob") } == before)
  }

  @Test func `content that a loss of power took out of a file is written again`() throws {
    for name in try names(in: place + "/one") where name.hasSuffix(".blob") {
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(place)/one/\(name)"))
      try file.truncate(atOffset: 20)
    }
    try store.create(NewExecution(id: "two", program: []), owner: nil)
    try store.step("two", owner, state: "first")
    #expect(try store.stateTexts(of: "two") == ["first"])
    #expect(try store.program(of: "two") == [])
  }

  @Test func `half of an execution goes after an hour, when another one is made`() throws {
    for (name, age) in [(".new-1", 0.0), (".new-2", 7200), (".gone-1", 0), (".gone-2", 7200)] {
      try FileManager.default.createDirectory(atPath: "\(place)/\(name)", withIntermediateDirectories: false)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: "\(place)/\(name)")
    }
    try store.create(NewExecution(id: "two", program: []), owner: nil)
    #expect(try names(in: place) == [".gone-1", ".new-1", "one", "two"])
  }
}
