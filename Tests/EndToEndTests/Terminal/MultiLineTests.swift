import CVMTestSupport
import Testing

@Suite struct `Texts of several lines` {
  @Test func `Enter goes on with indentation while something is missing`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("function f(a) {\r")
    try terminal.wait("a second line") { $0.screen.cursorLine == "...>" && $0.screen.cursorColumn == 7 }
    terminal.send("return [\r")
    try terminal.wait("a third line") { $0.screen.cursorColumn == 9 }
    terminal.send("a,\r")
    try terminal.wait("a fourth line") {
      $0.screen.lines.suffix(2) == ["...>     a,", "...>"] && $0.screen.cursorColumn == 9
    }
    terminal.send("]")
    try terminal.waitForLine("...>   ]")
    terminal.send("\r}\r")
    try terminal.wait("the function") { $0.screen.lines.contains { $0.hasPrefix("$1 = ") } }
    terminal.send("f(7)\r")
    try terminal.wait("the result") { $0.screen.lines.contains { $0.hasPrefix("$2 = [7]") } }
    #expect(terminal.screen.lines.contains("...>   return ["))
    #expect(terminal.screen.unknown == [])
  }

  @Test func `earlier lines can be changed`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("[\r1,\r2")
    try terminal.waitForLine("...> 2")
    terminal.send(Key.up)
    try terminal.waitForLine("...> 1,")
    terminal.send(Key.up)
    try terminal.waitForLine("cvm> [")
    terminal.send("0,")
    try terminal.waitForLine("cvm> [0,")
    terminal.send(Key.down + Key.down)
    try terminal.waitForLine("...> 2")
    terminal.send("].length\r")
    try terminal.waitForAnyLine("$1 = 3")
  }

  @Test func `Home, End and Ctrl-K stay in the line`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("[\r111,\r222")
    try terminal.waitForLine("...> 222")
    let row = terminal.screen.cursorRow
    terminal.send(Key.up + Key.home)
    try terminal.waitForCursor(row: row - 1, column: 5)
    terminal.send(Key.end)
    try terminal.waitForCursor(row: row - 1, column: 9)
    terminal.send(Key.control("A") + Key.control("K") + "3,")
    try terminal.waitForLine("...> 3,")
    terminal.send(Key.down + Key.end + "][0]\r")
    try terminal.waitForAnyLine("$1 = 3")
  }

  @Test func `a closing bracket goes out a step`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("{\r{\r")
    try terminal.wait("indentation") { $0.screen.cursorColumn == 9 }
    terminal.send("}")
    try terminal.waitForLine("...>   }")
    terminal.send("\r}")
    try terminal.waitForLine("...> }")
  }

  @Test func `a closing bracket goes out a step however fast it is typed`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("{" + Key.enter)
    try terminal.wait("indentation") { $0.screen.cursorColumn == 7 }
    terminal.send("};1" + Key.altEnter + "+1")
    try terminal.wait("the bracket at the edge") { $0.screen.lines.suffix(3) == ["cvm> {", "...> };1", "...> +1"] }
  }

  @Test func `Enter between brackets gives the closing one a line of its own`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("f({})" + Key.left + Key.left + Key.altEnter)
    try terminal.wait("three lines") { $0.screen.lines.suffix(3) == ["cvm> f({", "...>", "...> })"] }
    #expect(terminal.screen.cursorColumn == 7)
  }

  @Test func `Alt-Enter always begins a line`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("1" + Key.altEnter)
    try terminal.waitForLine("...>")
    terminal.send("2\r")
    try terminal.waitForAnyLine("$1 = 2")
  }

  @Test func `a text taller than the screen follows the cursor, and is there as a whole at the end`() throws {
    let terminal = try TerminalSession.start(rows: 8)
    terminal.send("[\r" + (1...20).map { "\($0),\r" }.joined())
    try terminal.wait("the last lines") { $0.screen.lines.suffix(2) == ["...> 20,", "...>"] }
    #expect(terminal.screen.lines.count == 8)
    terminal.send(String(repeating: Key.up, count: 21))
    try terminal.waitForLine("cvm> [")
    #expect(terminal.screen.cursorRow == 0)
    #expect(terminal.screen.lines.last == "...> 7,")
    terminal.send("0, " + "\u{1b}>")
    try terminal.wait("the end again") { $0.screen.lines.last == "...>" && $0.screen.cursorRow == 7 }
    terminal.send("].length\r")
    try terminal.waitForAnyLine("$1 = 21")
    let all = terminal.screen.scrollback + terminal.screen.lines
    let start = try #require(all.lastIndex(of: "cvm> [0,"))
    #expect(all[start + 1] == "...> 1,")
    #expect(all[start + 20] == "...> 20,")
    #expect(all[start + 21].hasSuffix("].length"))
  }

  @Test func `a long line is written so that the terminal can wrap it again`() throws {
    let terminal = try TerminalSession.start(columns: 30)
    let long = String(repeating: "x", count: 60)
    terminal.send("'\(long)'.length\r")
    try terminal.waitForAnyLine("$1 = 60")
    terminal.resize(columns: 90, rows: 12)
    try terminal.waitForAnyLine("cvm> '\(long)'.length")
  }

  @Test func `a long line at the top of the screen leaves nothing in the scrollback`() throws {
    let terminal = try TerminalSession.start(columns: 30)
    terminal.send(Key.control("L"))
    try terminal.wait("an empty screen") { $0.screen.lines == ["cvm>"] }
    terminal.send("'\(String(repeating: "x", count: 60))'")
    try terminal.wait("the line") { $0.screen.cursorLine.hasSuffix("'") && $0.screen.lines.count == 3 }
    terminal.resize(columns: 20, rows: 12)
    try terminal.wait("the line in more rows") { $0.screen.lines.count == 4 }
    terminal.send(".length" + Key.enter)
    try terminal.waitForAnyLine("$1 = 60")
    #expect(!terminal.screen.scrollback.contains { $0.contains("xxx") })
  }
}
