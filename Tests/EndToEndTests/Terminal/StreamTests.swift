import CVMTestSupport
import Testing

@Suite struct `Where no line can be edited` {
  @Test(arguments: ["dumb", "", nil])
  func `a terminal without escape sequences has a plain prompt`(name: String?) throws {
    let terminal = try TerminalSession.start(environment: ["TERM": name])
    terminal.send("[\n1\n].length\n")
    try terminal.wait("the result") { $0.screen.lines.contains { $0.hasSuffix("$1 = 1") } }
    terminal.send("\u{4}")
    #expect(try terminal.exitStatus() == 0)
    #expect(!terminal.output.contains(0x1B))
  }

  @Test func `--plain does without the editor`() throws {
    let terminal = try TerminalSession.start(["--plain"])
    terminal.send("1 + 1\n")
    try terminal.waitForAnyLine("$1 = 2")
    #expect(!terminal.output.contains(0x1B))
  }

  @Test func `a pipe has neither prompt nor escapes, and needs no last line end`() throws {
    let outcome = try BuiltProgram.run([], input: "let a = [\n1\n]\na.length")
    #expect(outcome.output.hasSuffix("$2 = 1\n"))
    #expect(!outcome.output.contains("cvm>") && !outcome.output.contains("\u{1b}"))
  }

  @Test func `output into a pipe has no escapes`() throws {
    let terminal = try PseudoTerminal("/bin/sh", ["-c", "\(BuiltProgram.path) | cat"])
    terminal.send("1 + 1\n")
    try terminal.wait("the result") { $0.screen.lines.contains { $0.hasSuffix("$1 = 2") } }
    #expect(!terminal.output.contains(0x1B))
    terminal.send("\u{4}")
    _ = try terminal.exitStatus()
  }

  @Test func `a terminal that goes away ends the session`() throws {
    let terminal = try TerminalSession.start()
    terminal.send(Key.control("D"))
    #expect(try terminal.exitStatus() == 0)
  }

  @Test func `the pager may be left early`() throws {
    let terminal = try TerminalSession.startProbe(environment: ["PAGER": nil])
    terminal.send("page\r")
    try terminal.wait("the first screen") { $0.screen.lines.first == "line 1" && $0.screen.lines.last == ":" }
    terminal.send("q")
    try terminal.waitForLine("probe>")
    terminal.send("after\r")
    try terminal.waitForAnyLine("typed \"after\"")
    try terminal.waitForLine("probe>")
    terminal.send(Key.control("D"))
    #expect(try terminal.exitStatus() == 0)
  }

  @Test func `the pager is what PAGER says`() throws {
    let terminal = try TerminalSession.startProbe(environment: ["PAGER": "head -n 2"])
    terminal.send("page\r")
    try terminal.wait("two lines") { $0.screen.lines.suffix(3) == ["line 1", "line 2", "probe>"] }
    let missing = try TerminalSession.startProbe(environment: ["PAGER": "/nonexistent/pager"])
    missing.send("page\r")
    try missing.waitForAnyLine("no pager")
  }

  @Test func `output that does not end its line stays above the prompt`() throws {
    let terminal = try TerminalSession.start(columns: 60, rows: 12)
    terminal.send(":vars | printf abc\r")
    try terminal.waitForAnyLine("abc\u{23CE}")
    try terminal.waitForPrompt()
    terminal.send(":vars | echo whole\r")
    try terminal.wait("a whole line") { $0.screen.lines.suffix(2) == ["whole", "cvm>"] }
    // As many characters as there are columns end their row.
    terminal.send(":vars | printf %060d 7\r")
    try terminal.wait("a full row") {
      $0.screen.cursorLine == "cvm>" && $0.screen.lines.contains(String(repeating: "0", count: 59) + "7")
    }
    #expect(terminal.screen.unknown == [])
  }

  @Test func `a program reads its own input`() throws {
    let terminal = try TerminalSession.startProbe()
    terminal.send("read\rthe input\r")
    try terminal.waitForAnyLine("read the input")
    try terminal.waitForLine("probe>")
  }
}
