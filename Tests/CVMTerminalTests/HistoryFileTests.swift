import CVMTerminal
import CVMTestSupport
import Foundation
import Testing

@Suite struct `The file of the history` {
  private func lines(_ path: String) throws -> [Substring] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
  }

  @Test func `the newest entries are kept, and the file is shortened when it holds far more`() throws {
    let home = try ScratchDirectory()
    let path = home.path + "/deep/er/history"
    let history = History(path: path, limit: 5)
    for number in 1...30 { history.add("entry \(number)") }
    #expect(history.entries == (26...30).map { "entry \($0)" })
    #expect(try lines(path).count == 30)
    let next = History(path: path, limit: 5)
    #expect(next.entries == history.entries)
    #expect(try lines(path) == (26...30).map { "entry \($0)" })
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    // A session that still has the longer file open goes on with the shorter one.
    history.add("from the first")
    next.refresh()
    #expect(next.entries.last == "from the first")
    #expect(FileManager.default.contents(atPath: path)?.last == 0x0A)
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.path + "/deep/er") == ["history"])
  }

  @Test(arguments: ["two\nlines", "back\\slash \\n", "tab\tand 中😀", "blanks at the end  ", "\\", "x\n"])
  func `an entry comes back as it was`(entry: String) throws {
    let home = try ScratchDirectory()
    let path = home.path + "/history"
    History(path: path).add(entry)
    #expect(History(path: path).entries == [entry])
    #expect(try lines(path).count == 1)
  }

  @Test func `what begins with a blank, is blank or is the last entry again is left out`() throws {
    let home = try ScratchDirectory()
    let history = History(path: home.path + "/history")
    for entry in ["one", " secret", "\tsecret", "", "  ", "one", "two", "one"] { history.add(entry) }
    #expect(history.entries == ["two", "one"])
    #expect(History(path: home.path + "/history").entries == ["two", "one"])
  }

  @Test func `a link is not followed`() throws {
    let home = try ScratchDirectory()
    let target = try home.write("precious", "kept\n")
    try FileManager.default.createSymbolicLink(atPath: home.path + "/history", withDestinationPath: target)
    let history = History(path: home.path + "/history")
    history.add("new")
    #expect(history.entries == ["new"])
    #expect(history.problem != nil)
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "kept\n")
  }
}
