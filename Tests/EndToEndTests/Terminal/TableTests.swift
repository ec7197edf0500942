import CVMTestSupport
import Testing

@Suite struct `Long tables` {
  private func start() throws -> PseudoTerminal {
    let terminal = try TerminalSession.start(columns: 80, rows: 30)
    try terminal.run("class N { constructor(i) { this.s = 'x' + i } }; let all = []; 0", until: "$1 = 0")
    try terminal.run("for (let i = 0; i < 60; i++) all.push(new N(i)); 0", until: "$2 = 0")
    terminal.send(":find N" + Key.enter)
    try terminal.waitForLine("-- 20 of 60 -- Enter more, a all, /find, q")
    return terminal
  }

  private func numbers(_ terminal: PseudoTerminal) -> [Int] {
    (terminal.screen.scrollback + terminal.screen.lines).filter { $0.contains(" N {s: 'x") }.compactMap { line in
      Int(line.split(separator: " ")[0])
    }
  }

  @Test func `stop after a part, and Enter shows the next one`() throws {
    let terminal = try start()
    #expect(numbers(terminal) == Array(1...20))
    terminal.send(Key.enter)
    try terminal.waitForLine("-- 40 of 60 -- Enter more, a all, /find, q")
    terminal.send(Key.enter)
    try terminal.waitForPrompt()
    #expect(numbers(terminal) == Array(1...60))
    #expect(terminal.screen.unknown == [])
  }

  @Test func `are searched, and left with q`() throws {
    let terminal = try start()
    terminal.send("/")
    try terminal.waitForLine("/")
    terminal.send("x5" + Key.enter)
    try terminal.wait("rows that have it") { self.numbers($0) == Array(1...20) + [6] + Array(51...60) }
    try terminal.waitForLine("-- 20 of 60 -- Enter more, a all, /find, q")
    terminal.send("q")
    try terminal.waitForPrompt()
    #expect(terminal.screen.lines.dropLast().last == "-- 20 of 60 rows (--all)")
    // What was searched for is not remembered.
    terminal.send(Key.up)
    try terminal.waitForLine("cvm> :find N")
  }

  @Test func `let the next command be typed at once`() throws {
    let terminal = try start()
    terminal.send("1 + 1" + Key.enter)
    try terminal.waitForAnyLine("$3 = 2")
    #expect(terminal.screen.lines.contains("-- 20 of 60 rows (--all)"))
    #expect(terminal.screen.lines.contains("cvm> 1 + 1"))
  }

  @Test func `end at Ctrl-C and Ctrl-D, and the session goes on`() throws {
    let terminal = try start()
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    terminal.send(":find N" + Key.enter)
    try terminal.waitForLine("-- 20 of 60 -- Enter more, a all, /find, q")
    terminal.send(Key.control("D"))
    try terminal.run("1", until: "$3 = 1")
    #expect(try terminal.leave() == 0)
    #expect(terminal.settings == terminal.firstSettings)
  }

  @Test func `have rows that are arguments`() throws {
    let terminal = try start()
    terminal.send("q")
    try terminal.waitForPrompt()
    terminal.send(":show row 3" + Key.enter)
    try terminal.wait("the object of the row") { $0.screen.lines.contains { $0.contains("N#5") } }
    terminal.send(":show row 77" + Key.enter)
    try terminal.waitForAnyLine("The last table has 20 rows.")
  }
}
