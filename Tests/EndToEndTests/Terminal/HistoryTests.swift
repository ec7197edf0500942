import CVMTestSupport
import Foundation
import Testing

@Suite struct `History` {
  private static let file = "/.local/state/cvm-repl/history"

  private func history(_ home: ScratchDirectory) -> String {
    (try? String(contentsOfFile: home.path + Self.file, encoding: .utf8)) ?? ""
  }

  private func home(_ history: String) throws -> ScratchDirectory {
    let home = try ScratchDirectory()
    let folder = home.path + "/.local/state/cvm-repl"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(history.utf8).write(to: URL(fileURLWithPath: home.path + Self.file))
    return home
  }

  @Test func `Up goes back, Down forth, and the draft stays`() throws {
    let terminal = try TerminalSession.start(home: home("1\n[\\n  2\\n].length\n"))
    terminal.send("draft" + Key.control("A") + Key.up)
    try terminal.waitForLine("...> ].length")
    terminal.send(Key.up + Key.up)
    try terminal.waitForLine("cvm> [")
    terminal.send(Key.up)
    try terminal.waitForLine("cvm> 1")
    terminal.send(Key.down)
    try terminal.waitForLine("...> ].length")
    terminal.send(Key.down)
    try terminal.waitForLine("cvm> draft")
  }

  @Test func `Up with text before the cursor finds what begins with it`() throws {
    let terminal = try TerminalSession.start(home: home("let a = 1\nfoo()\nlet b = 2\nbar()\n"))
    terminal.send("let" + Key.up)
    try terminal.wait("the newest") { $0.screen.cursorLine == "cvm> let b = 2" && $0.screen.cursorColumn == 14 }
    terminal.send(Key.up)
    try terminal.waitForLine("cvm> let a = 1")
    terminal.send(Key.down + Key.down)
    try terminal.wait("the draft") { $0.screen.cursorColumn == 8 }
  }

  @Test func `Ctrl-R searches back and Ctrl-S forth`() throws {
    let terminal = try TerminalSession.start(home: home("first one\nsecond\nfirst two\n"))
    terminal.send("keep" + Key.control("R") + "fir")
    try terminal.waitForLine("(search)'fir': first two")
    terminal.send(Key.control("R"))
    try terminal.waitForLine("(search)'fir': first one")
    terminal.send(Key.control("S"))
    try terminal.waitForLine("(search)'fir': first two")
    terminal.send("zz")
    try terminal.wait("no match") { $0.screen.cursorLine.hasPrefix("(no match)") }
    terminal.send(Key.control("G"))
    try terminal.waitForLine("cvm> keep")
    terminal.send(Key.control("R") + "sec" + Key.end + "!")
    try terminal.waitForLine("cvm> second!")
  }

  @Test func `what is looked for stays in sight in an entry that is taller than the screen`() throws {
    let entry = (["["] + (1...40).map { "  \($0)," } + ["]"]).joined(separator: "\\n")
    let terminal = try TerminalSession.start(home: home("1 + 1\n\(entry)\n"), rows: 10)
    terminal.send(Key.control("R") + " 38,")
    try terminal.wait("the search and what it found") {
      $0.screen.lines.first == "(search)' 38,': ..." && $0.screen.cursorLine == "...>   38,"
    }
    #expect(terminal.screen.lines.count <= 10)
    terminal.send(Key.backspace + Key.backspace + Key.backspace + Key.backspace + "1 +")
    try terminal.wait("another entry") { $0.screen.cursorLine == "(search)'1 +': 1 + 1" }
    terminal.send(Key.control("G"))
    try terminal.waitForPrompt()
  }

  @Test func `a statement is one entry, in a file for the user only`() throws {
    let home = try ScratchDirectory()
    let terminal = try TerminalSession.start(home: home)
    terminal.send("[\r  1\r].length\r")
    try terminal.waitForAnyLine("$1 = 1")
    try terminal.run("'back\\\\slash'  ", until: "$2 = 'back\\\\slash'")
    try terminal.run(" 'secret'", until: "$3 = 'secret'")
    #expect(try terminal.leave() == 0)
    #expect(history(home) == "[\\n  1\\n].length\n'back\\\\\\\\slash'  \n")
    let attributes = try FileManager.default.attributesOfItem(atPath: home.path + Self.file)
    #expect((attributes[.posixPermissions] as? Int) == 0o600)
    let next = try TerminalSession.start(home: home)
    next.send(Key.up)
    try next.wait("the entry with its blanks") { $0.screen.cursorColumn == 5 + 15 }
    next.send(Key.up)
    try next.waitForLine("...> ].length")
  }

  @Test func `the same entry again is not a second one`() throws {
    let home = try ScratchDirectory()
    let terminal = try TerminalSession.start(home: home)
    try terminal.run("1", until: "$1 = 1")
    try terminal.run("2", until: "$2 = 2")
    try terminal.run("2", until: "$3 = 2")
    try terminal.run("1", until: "$4 = 1")
    terminal.send(Key.up + Key.up + Key.up)
    try terminal.waitForLine("cvm> 2")
  }

  @Test func `text of any script is kept where the locale knows only ASCII`() throws {
    let home = try ScratchDirectory()
    for (turn, expected) in ["$1 = 'é中😀'", "$1 = 'é中😀'"].enumerated() {
      let terminal = try TerminalSession.start(environment: ["LC_ALL": "C"], home: home)
      terminal.send(turn == 0 ? "'é中😀'\r" : Key.up + "\r")
      try terminal.waitForAnyLine(expected)
      #expect(try terminal.leave() == 0)
    }
    #expect(history(home) == "'é中😀'\n")
  }

  @Test func `a damaged file is read as far as it goes`() throws {
    let home = try self.home("good\n")
    let file = home.path + Self.file
    try Data(Array("good\n".utf8) + [0xFF, 0xFE, 0x00, 0x0A] + Array("half \\".utf8)).write(
      to: URL(fileURLWithPath: file))
    let terminal = try TerminalSession.start(home: home)
    try terminal.run("1", until: "$1 = 1")
    terminal.send(Key.up + Key.up)
    try terminal.waitForLine("cvm> half")
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)).suffix(3) == Data("\n1\n".utf8))
  }

  @Test func `a folder that cannot be written to does not matter`() throws {
    let terminal = try TerminalSession.start(environment: ["XDG_STATE_HOME": "/proc/nowhere"])
    try terminal.run("1", until: "$1 = 1")
    terminal.send(Key.up)
    try terminal.waitForLine("cvm> 1")
  }

  @Test func `two sessions share their history`() throws {
    let home = try ScratchDirectory()
    let one = try TerminalSession.start(home: home)
    let other = try TerminalSession.start(home: home)
    try one.run("'one'", until: "$1 = 'one'")
    try other.run("'other'", until: "$1 = 'other'")
    try one.run("'again'", until: "$2 = 'again'")
    one.send(Key.up + Key.up)
    try one.waitForLine("cvm> 'other'")
    one.signal(9)
    try other.run("2", until: "$2 = 2")
    other.send(Key.up + Key.up)
    try other.waitForLine("cvm> 'again'")
    #expect(history(home) == "'one'\n'other'\n'again'\n2\n")
  }

  @Test func `:history shows earlier sessions, too`() throws {
    let terminal = try TerminalSession.start(home: home("let old = 1\n[\\n  2\\n]\n"))
    try terminal.run("'new'", until: "$1 = 'new'")
    terminal.send(":history" + Key.enter)
    try terminal.wait("all entries") { terminal in
      Array(terminal.screen.lines.suffix(6)) == [
        "let old = 1", "[", "  2", "]", "'new'" + String(repeating: " ", count: 49) + "// [1]", "cvm>",
      ]
    }
    terminal.send(":history --session" + Key.enter)
    try terminal.wait("those of this session") {
      $0.screen.lines.suffix(4).map { String($0.prefix(20)) } == [
        "cvm> :history --sess", "'new'               ", ":history", "cvm>",
      ]
    }
  }

  @Test func `:history shows the newest entries that the screen has room for`() throws {
    let terminal = try TerminalSession.start(
      home: home((0..<30).map { "let v\($0) = 1\n" }.joined() + "[\\n  2\\n]\n"), columns: 60, rows: 12)
    terminal.send(":history" + Key.enter)
    try terminal.waitForAnyLine("  2")
    try terminal.waitForPrompt()
    #expect(
      terminal.screen.lines == ["-- the newest 8 of 31 (--all)"] + (23..<30).map { "let v\($0) = 1" }
        + ["[", "  2", "]", "cvm>"])
    terminal.send(":history --all" + Key.enter)
    try terminal.waitForLine("-- 11 of 34 lines -- Enter more, a all, /find, q")
    terminal.send("q")
    try terminal.waitForPrompt()
  }

  @Test func `a kill in the middle of many entries damages nothing, also with two sessions at once`() throws {
    let home = try ScratchDirectory()
    let sessions = [try TerminalSession.start(home: home), try TerminalSession.start(home: home)]
    for (number, session) in sessions.enumerated() {
      // More than is read before the kill.
      session.send((0..<200).map { "'\(number).\($0)'" + Key.enter }.joined())
    }
    for session in sessions { try session.wait("some results") { $0.screen.lines.contains { $0.contains(" = '") } } }
    for session in sessions {
      session.signal(9)
      #expect(try session.exitStatus() == 128 + 9)
    }
    let lines = history(home).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.last == "")
    for number in 0...1 {
      // Each session's entries, whole, in order, from the first on.
      let own = lines.filter { $0.hasPrefix("'\(number).") }
      #expect(!own.isEmpty && own.elementsEqual(own.indices.map { "'\(number).\($0 - own.startIndex)'" }, by: ==))
    }
    #expect(lines.dropLast().allSatisfy { $0.hasPrefix("'0.") || $0.hasPrefix("'1.") })
    let next = try TerminalSession.start(home: home)
    try next.run("1", until: "$1 = 1")
    next.send(Key.up + Key.up)
    try next.waitForLine("cvm> " + lines[lines.count - 2])
  }

  @Test func `a long entry can be found, given up and changed`() throws {
    let long = "'" + String(repeating: "needle ", count: 300) + "В'"
    let terminal = try TerminalSession.start(home: home(long + "\n1\n"), columns: 60, rows: 50)
    terminal.send(Key.control("R") + "В")
    try terminal.wait("the entry") { $0.screen.lines.contains { $0.hasSuffix("В'") } }
    terminal.send(Key.control("G"))
    try terminal.waitForPrompt()
    terminal.send(Key.control("R") + "needle" + Key.end + ".length\r")
    try terminal.waitForAnyLine("$1 = 2101")
  }

  @Test func `a long draft survives a look at the history`() throws {
    let terminal = try TerminalSession.start(home: home("old\n"), columns: 60, rows: 50)
    let draft = "'" + String(repeating: "0123456789", count: 130) + "'"
    terminal.send(draft)
    try terminal.wait("the draft") { $0.screen.cursorLine.hasSuffix("9'") }
    terminal.send(Key.control("A") + Key.up)
    try terminal.waitForLine("cvm> old")
    terminal.send(Key.down)
    try terminal.wait("the draft again") { $0.screen.cursorLine.hasSuffix("9'") }
    terminal.send(".length\r")
    try terminal.waitForAnyLine("$1 = 1300")
  }
}
