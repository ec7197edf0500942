import CVMTestSupport
import Testing

@Suite struct `Pasting` {
  @Test func `a pasted text of 2,000 lines is one input`() throws {
    let terminal = try TerminalSession.start()
    let lines = ["const list = ["] + (1...1998).map { "\t{id: \($0), name: \"item\"}," } + ["]"]
    terminal.paste(lines.joined(separator: "\n"))
    try terminal.waitForLine("...> ]")
    #expect(terminal.screen.lines.suffix(2).first == "...>     {id: 1998, name: \"item\"},")
    terminal.send("\r")
    try terminal.waitForPrompt()
    terminal.send("list.length\r")
    try terminal.waitForAnyLine("$2 = 1998")
  }

  @Test func `nothing in a pasted text is a key`() throws {
    let terminal = try TerminalSession.start()
    terminal.paste("[1,\u{3}\u{1b}[A\t2,\u{7}\n\u{8}3,\n]\u{9b}\u{7f}.length")
    try terminal.waitForLine("...> ].length")
    #expect(terminal.screen.lines.suffix(3) == ["cvm> [1,[A   2,", "...> 3,", "...> ].length"])
    #expect(terminal.screen.bellCount == 0)
  }

  @Test(arguments: ["a\r\nb", "a\nb", "a\rb"])
  func `any line end is one line end`(text: String) throws {
    let terminal = try TerminalSession.start()
    terminal.send("\u{1b}[200~\(text)\r\r\(text)\u{1b}[201~")
    try terminal.wait("the lines") { $0.screen.lines.suffix(5) == ["cvm> a", "...> b", "...>", "...> a", "...> b"] }
  }

  @Test func `prompts that were copied along are left out`() throws {
    let terminal = try TerminalSession.start()
    terminal.paste("cvm> [1,\n...> 2\n...> ].length\n")
    try terminal.waitForLine("...> ].length")
    #expect(terminal.screen.lines.suffix(3) == ["cvm> [1,", "...> 2", "...> ].length"])
    terminal.send("\r")
    try terminal.waitForAnyLine("$1 = 2")
  }

  @Test func `what was answered between copied prompts is left out`() throws {
    let terminal = try TerminalSession.start()
    terminal.paste("cvm> let pts = [\n...>   1]\n$1 = [1]     Array#1\n  x\ncvm> pts.length\n$2 = 1\n")
    try terminal.waitForLine("...> pts.length")
    #expect(terminal.screen.lines.suffix(3) == ["cvm> let pts = [", "...>   1]", "...> pts.length"])
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    terminal.paste("cvm> 1 + 1\n$1 = 2\n")
    try terminal.waitForLine("cvm> 1 + 1")
    terminal.send(Key.enter)
    try terminal.waitForAnyLine("$1 = 2")
  }

  @Test func `a transcript of short statements loses none of them`() throws {
    let terminal = try TerminalSession.start()
    terminal.paste("cvm> 5+5\n$1 = 10\ncvm> 6+6\n$2 = 12\ncvm> 7+7\n")
    try terminal.waitForLine("...> 7+7")
    #expect(terminal.screen.lines.suffix(3) == ["cvm> 5+5", "...> 6+6", "...> 7+7"])
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    // One that begins with an answer, and one with an answer that looks like a continuation.
    terminal.paste("$1 = 10\ncvm> [\n...> 8]\n$2 = [\n  ... 99 more\n]\ncvm> 9\n")
    try terminal.waitForLine("...> 9")
    #expect(terminal.screen.lines.suffix(3) == ["cvm> [", "...> 8]", "...> 9"])
  }

  @Test func `a pasted session runs statement by statement and command by command`() throws {
    let terminal = try TerminalSession.start(columns: 80, rows: 24)
    terminal.paste("let pp = {x: 1}\n:set json\npp.x\nif (pp) {\n  pp.x = 2\n}\nelse {}\npp.x\n12 ? 5\n: 6\n")
    try terminal.waitForLine("...> : 6")
    // Nothing of it is marked as wrong.
    #expect(terminal.screen.style(of: ":set json")?.contains("4;31") == false)
    terminal.send(Key.enter)
    try terminal.waitForAnyLine("$5 = 5")
    try terminal.waitForPrompt()
    #expect(terminal.screen.lines.contains("$2 = 1"))
    #expect(terminal.screen.lines.contains("$3 = 2"))
    #expect(terminal.screen.lines.contains("$4 = 2"))
    #expect(terminal.screen.lines.contains { $0.hasPrefix("json") })
    // Each is an entry of the history.
    terminal.send(Key.up + Key.up + Key.up)
    try terminal.waitForLine("cvm> pp.x")
  }

  @Test func `a paste that begins with a command goes on behind it`() throws {
    let terminal = try TerminalSession.start(columns: 80, rows: 24)
    terminal.paste(":set json\n1+1\n:mode")
    try terminal.waitForLine("...> :mode")
    terminal.send(Key.enter)
    try terminal.waitForAnyLine("$1 = 2")
    try terminal.waitForPrompt()
    #expect(terminal.screen.lines.contains { $0.contains("mode") && !$0.contains(">") })
    #expect(!terminal.screen.lines.joined().contains("Error"))
  }

  @Test func `Ctrl-C ends a pasted session, and says that there was more`() throws {
    let terminal = try TerminalSession.start(columns: 80, rows: 24)
    terminal.paste("console.log('go'); for (;;);\n:set json\n1 + 1")
    try terminal.waitForLine("...> 1 + 1")
    terminal.send(Key.enter)
    try terminal.waitForAnyLine("go")
    terminal.send(Key.control("C"))
    try terminal.waitForAnyLine("What stands behind it did not run.")
    try terminal.waitForPrompt()
    #expect(!terminal.screen.lines.contains("$1 = 2"))
  }

  @Test func `a session whose last statement lacks something waits for the rest`() throws {
    let terminal = try TerminalSession.start(columns: 80, rows: 24)
    terminal.send("let a = 1" + Key.altEnter + ":set json" + Key.altEnter + "[a," + Key.enter + "2].length" + Key.enter)
    try terminal.waitForAnyLine("$2 = 2")
  }

  @Test func `a conditional expression on lines of its own is no session`() throws {
    let terminal = try TerminalSession.start()
    terminal.paste("1\n  ? 2\n  : 3")
    try terminal.waitForLine("...>   : 3")
    terminal.send(Key.enter)
    try terminal.waitForAnyLine("$1 = 2")
  }

  @Test func `a paste without an end is over after a while`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("\u{1b}[200~'cut'")
    try terminal.waitForLine("cvm> 'cut'")
    terminal.send("\r")
    try terminal.waitForAnyLine("$1 = 'cut'")
  }

  @Test func `a text that is too long is refused, and the session goes on`() throws {
    let terminal = try TerminalSession.start(columns: 80)
    terminal.paste(String(repeating: "x", count: 140_000))
    try terminal.wait("a remark") { $0.screen.lines.contains { $0.contains("would be longer") } }
    try terminal.run("1", until: "$1 = 1")
  }

  @Test func `what a terminal without bracketed paste sends is no different but for its parts`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("const numbers = [\r" + (1...200).map { "  \($0),\r" }.joined() + "]\r")
    terminal.send("numbers.length\r")
    try terminal.waitForAnyLine("$2 = 200")
  }
}
