import CVMTestSupport
import Testing

@Suite struct `Answers that are longer than the screen` {
  private func start(
    columns: Int = 80, rows: Int = 12, environment: [String: String?] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try TerminalSession.start(environment: environment, columns: columns, rows: rows)
    terminal.send(":help" + Key.enter)
    return terminal
  }

  private func waitForQuestion(_ terminal: PseudoTerminal, after count: Int) throws {
    try terminal.wait("the question after \(count) lines") {
      $0.screen.cursorLine.hasPrefix("-- \(count) of ")
        && $0.screen.cursorLine.hasSuffix(" lines -- Enter more, a all, /find, q")
    }
  }

  private let lastLine = ":help refs explains a command, :help garbage finds those about a word."

  @Test func `stop when the screen is full, and Enter shows the next page`() throws {
    let terminal = try start()
    try waitForQuestion(terminal, after: 11)
    #expect(terminal.screen.lines.first == "Type JavaScript, or a command:")
    terminal.send(Key.enter)
    try waitForQuestion(terminal, after: 22)
    terminal.send("a")
    try terminal.waitForPrompt()
    #expect(terminal.screen.lines.dropLast().last == lastLine)
    #expect(terminal.screen.unknown == [])
  }

  @Test func `take what is typed as the next input`() throws {
    let terminal = try start()
    try waitForQuestion(terminal, after: 11)
    terminal.send("1 + 1" + Key.enter)
    try terminal.waitForAnyLine("$1 = 2")
    #expect(terminal.screen.lines.contains("cvm> 1 + 1"))
  }

  @Test func `have the width that the terminal got while the command was typed`() throws {
    let terminal = try TerminalSession.start(columns: 80, rows: 60)
    terminal.send(":help heap")
    try terminal.waitForLine("cvm> :help heap")
    terminal.resize(columns: 40, rows: 60)
    terminal.send(Key.enter)
    try terminal.waitForPrompt()
    #expect(terminal.screen.lines.contains("  --expert     the table, also for a"))
  }

  @Test func `wait while the session is suspended`() throws {
    let shell = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["HISTFILE": nil], columns: 80, rows: 12)
    try shell.waitForLine("$")
    shell.send("\(BuiltProgram.path)\r")
    try shell.waitForPrompt()
    shell.send(":help\r")
    try waitForQuestion(shell, after: 11)
    shell.send(Key.control("Z"))
    try shell.waitForLine("$")
    shell.send("fg\r")
    try waitForQuestion(shell, after: 11)
    shell.send("q")
    try shell.waitForPrompt()
    shell.send(Key.control("D"))
    try shell.waitForLine("$")
  }

  @Test func `say with q how much was shown`() throws {
    let terminal = try start()
    try waitForQuestion(terminal, after: 11)
    terminal.send("q")
    try terminal.waitForPrompt()
    #expect(terminal.screen.lines.dropLast().last?.hasPrefix("-- 11 of ") == true)
    #expect(terminal.screen.lines.dropLast().last?.hasSuffix(" lines") == true)
  }

  @Test func `go on where a word stands`() throws {
    let terminal = try start()
    try waitForQuestion(terminal, after: 11)
    terminal.send("/:help row" + Key.enter)
    try terminal.waitForPrompt()
    let lines = terminal.screen.scrollback + terminal.screen.lines
    let found = try #require(lines.firstIndex { $0.hasPrefix("  :help row") })
    #expect(lines[found - 1] == "...")
    #expect(terminal.screen.lines.contains(lastLine))
  }

  @Test func `ask in few words where there are few columns`() throws {
    let terminal = try start(columns: 40)
    try terminal.wait("a short question") {
      $0.screen.cursorLine.hasPrefix("-- ") && $0.screen.cursorLine.hasSuffix(" lines -- Enter, a, /, q")
    }
    terminal.send("q")
    try terminal.waitForPrompt()
  }

  @Test func `go through the pager that the person has chosen`() throws {
    let terminal = try start(environment: ["PAGER": "head -n 3"])
    try terminal.wait("three lines") {
      $0.screen.lines.suffix(4).first == "Type JavaScript, or a command:" && $0.screen.cursorLine == "cvm>"
    }
  }

  @Test func `are written at once without a pager`() throws {
    let terminal = try TerminalSession.start(columns: 80, rows: 12)
    try terminal.run(":set pager off", until: "pager is off")
    terminal.send(":help" + Key.enter)
    try terminal.waitForAnyLine(lastLine)
    try terminal.waitForPrompt()
    #expect(!terminal.screen.scrollback.contains { $0.hasPrefix("-- ") })
  }

  @Test func `are cut between rows when they are tables`() throws {
    let terminal = try TerminalSession.start(columns: 80, rows: 12)
    try terminal.run("class N { constructor(i) { this.s = 'x' + i } }; let all = []; 0", until: "$1 = 0")
    try terminal.run("for (let i = 0; i < 60; i++) all.push(new N(i)); 0", until: "$2 = 0")
    terminal.send(":find N" + Key.enter)
    try terminal.waitForLine("-- 9 of 60 -- Enter more, a all, /find, q")
    #expect(terminal.screen.lines.contains { $0.hasPrefix("60 of 60 objects") })
    terminal.send(Key.enter)
    try terminal.waitForLine("-- 19 of 60 -- Enter more, a all, /find, q")
    #expect(terminal.screen.lines.contains { $0.hasPrefix(" 10  ") })
    terminal.send("q")
    try terminal.waitForPrompt()
  }
}
