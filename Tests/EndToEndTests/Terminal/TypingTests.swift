import CVMTestSupport
import Testing

@Suite struct `What is typed appears` {
  @Test func `a prompt waits, and shows what is typed`() throws {
    let terminal = try TerminalSession.start()
    #expect(terminal.screen.lines.last == "cvm>")
    #expect(terminal.screen.cursorColumn == 5)
    #expect(terminal.screen.bracketsPastes)
    terminal.send("1 + 2")
    try terminal.waitForLine("cvm> 1 + 2")
    #expect(terminal.screen.cursorColumn == 10)
    try terminal.run("", until: "$1 = 3")
    #expect(try terminal.leave() == 0)
    #expect(!terminal.screen.bracketsPastes)
    #expect(terminal.screen.unknown == [])
  }

  @Test func `a line that fills the screen's width moves the cursor to the next row`() throws {
    let terminal = try TerminalSession.start(columns: 20)
    let top = terminal.screen.cursorRow
    terminal.send(String(repeating: "a", count: 14))
    try terminal.waitForCursor(row: top, column: 19)
    terminal.send("b")
    try terminal.waitForCursor(row: top + 1, column: 0)
    terminal.send("c")
    try terminal.waitForCursor(row: top + 1, column: 1)
    #expect(terminal.screen.line(top) == "cvm> aaaaaaaaaaaaaab")
    #expect(terminal.screen.cursorLine == "c")
    terminal.send(Key.backspace + Key.backspace)
    try terminal.waitForCursor(row: top, column: 19)
    #expect(terminal.screen.lines.last == "cvm> aaaaaaaaaaaaaa")
  }

  @Test func `a wide character that does not fit goes to the next row as a whole`() throws {
    let terminal = try TerminalSession.start(columns: 20)
    let top = terminal.screen.cursorRow
    terminal.send("'aaaaaaaaaaaaa中")
    try terminal.waitForCursor(row: top + 1, column: 2)
    #expect(terminal.screen.line(top) == "cvm> 'aaaaaaaaaaaaa")
    #expect(terminal.screen.cursorLine == "中")
    terminal.send(Key.left)
    try terminal.waitForCursor(row: top + 1, column: 0)
    terminal.send(Key.left)
    try terminal.waitForCursor(row: top, column: 18)
    terminal.send(Key.home + Key.right + Key.delete)
    try terminal.waitForScreen(terminal.screen.lines.dropLast(2) + ["cvm> 'aaaaaaaaaaaa中"])
  }

  @Test(arguments: [
    "中", "😀", "e\u{301}", "👨‍👩‍👧‍👦", "🇯🇵", "❤️", "한", "ก็", "नि", "\u{1112}\u{1161}\u{11ab}",
  ])
  func `a character of any script is one step for the cursor and for Backspace`(character: String) throws {
    let terminal = try TerminalSession.start()
    terminal.send("'a\(character)b'")
    try terminal.waitForLine("cvm> 'a\(character)b'")
    let row = terminal.screen.cursorRow
    let end = terminal.screen.cursorColumn
    terminal.send(Key.left + Key.left + Key.left)
    try terminal.waitForCursor(row: row, column: 7)
    terminal.send(Key.right)
    try terminal.waitForCursor(row: row, column: end - 2)
    terminal.send(Key.backspace)
    try terminal.waitForLine("cvm> 'ab'")
    #expect(terminal.screen.cursorColumn == 7)
    terminal.send(Key.enter)
    try terminal.waitForAnyLine("$1 = 'ab'")
    #expect(terminal.screen.unknown == [])
  }

  @Test func `characters that have no column are shown by their code`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("'\u{200b}\u{2066}'")
    try terminal.waitForLine("cvm> '<200B><2066>'")
  }

  @Test func `tokens have their colours`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("let one = 12 + 'text' // note")
    try terminal.wait("colours") { $0.screen.style(of: "// note") == "2;3" }
    #expect(terminal.screen.style(of: "let") == "35")
    #expect(terminal.screen.style(of: "one") == "")
    #expect(terminal.screen.style(of: "12") == "36")
    #expect(terminal.screen.style(of: "'text'") == "32")
    #expect(terminal.screen.style(of: "cvm>") == "1;32")
    terminal.send(Key.control("C") + "Math.max(null, /a+/, `x${1}y`)")
    try terminal.wait("colours") { $0.screen.style(of: "`x") == "32" }
    #expect(terminal.screen.style(of: "Math") == "36")
    #expect(terminal.screen.style(of: "max") == "34")
    #expect(terminal.screen.style(of: "null") == "33")
    #expect(terminal.screen.style(of: "/a+/") == "31")
    terminal.send(Key.control("C") + ":refs 12 --json")
    try terminal.wait("colours") { $0.screen.style(of: "--json") == "34" }
    #expect(terminal.screen.style(of: ":refs") == "1;34")
  }

  @Test func `without colours everything stands where it stands with them`() throws {
    let plain = try TerminalSession.start(environment: ["NO_COLOR": "1"])
    let colored = try TerminalSession.start()
    for terminal in [plain, colored] {
      terminal.paste("function f(a) {\nreturn `t${a}中`")
      try terminal.waitForLine("...> return `t${a}中`")
    }
    #expect(plain.screen.lines == colored.screen.lines)
    #expect(plain.screen.picture.joined().allSatisfy { $0.style == "" })
    #expect(plain.screen.cursorColumn == colored.screen.cursorColumn)
  }

  @Test func `brackets that belong together are marked, also across lines`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("f([1], ')')")
    try terminal.wait("a marked pair") { $0.screen.style(of: "([") == "1;7" }
    let row = terminal.screen.cursorRow
    #expect(terminal.screen.cell(row, 15).style == "1;7")
    #expect(terminal.screen.cell(row, 13).style == "32")
    terminal.send(Key.control("C") + "{\r1\r}" + Key.altEnter + Key.backspace)
    try terminal.waitForLine("...> }")
    #expect(terminal.screen.cell(terminal.screen.cursorRow, 5).style == "1;7")
    #expect(terminal.screen.cell(terminal.screen.cursorRow - 2, 5).style == "1;7")
  }

  @Test(arguments: [
    ("let = 3 ", "="), ("foo(1))", ")"), ("if (x) } ", "}"), ("retrun x ", "x"), ("const a = 1, ;", ";"),
  ])
  func `what cannot become right is underlined`(text: String, wrong: String) throws {
    let terminal = try TerminalSession.start()
    terminal.send(text)
    let column =
      5 + (text.indices.last { text[$0] == wrong.last! }.map { text.distance(from: text.startIndex, to: $0) } ?? 0)
    try terminal.wait("an underlined \(wrong)") {
      $0.screen.cell($0.screen.cursorRow, column).style.hasSuffix("4;31")
    }
  }

  @Test(arguments: [
    "let x = ", "'abc", "`abc", "a inst", "foo(1, ", "x => {", "for (const a of ", "/[a", "if (a) ", "({a = 1", "1.",
    "a ?",
  ])
  func `what may become right is not underlined`(text: String) throws {
    let terminal = try TerminalSession.start()
    terminal.send(text)
    try terminal.wait("the text") { $0.screen.cursorLine == ("cvm> " + text).trimmedAtEnd }
    #expect(!terminal.screen.picture.joined().contains { $0.style.contains("4;31") })
  }

  @Test func `the rest of an earlier entry is suggested, and taken with Right`() throws {
    let terminal = try TerminalSession.start()
    try terminal.run("let total = 40 + 2", until: "$1 = 42")
    terminal.send("let t")
    try terminal.waitForLine("cvm> let total = 40 + 2")
    #expect(terminal.screen.cursorColumn == 10)
    #expect(terminal.screen.style(of: "otal = 40 + 2\u{0}") == nil)
    #expect(terminal.screen.cell(terminal.screen.cursorRow, 10).style == "2")
    terminal.send("x")
    try terminal.waitForLine("cvm> let tx")
    terminal.send(Key.backspace + Key.right)
    try terminal.wait("the suggestion taken") { $0.screen.cursorColumn == 23 }
    #expect(terminal.screen.cell(terminal.screen.cursorRow, 10).style == "")
    terminal.send(Key.control("C") + "let to")
    try terminal.wait("a suggestion") {
      $0.screen.cursorLine == "cvm> let total = 40 + 2" && $0.screen.cursorColumn == 11
    }
    // What is accepted has no suggestion in it.
    terminal.send(Key.enter)
    try terminal.waitForAnyLine("cvm> let to")
  }

  @Test func `without colours nothing is suggested, since it could not be told from what is typed`() throws {
    let terminal = try TerminalSession.start(environment: ["NO_COLOR": "1"])
    try terminal.run("let total = 40 + 2", until: "$1 = 42")
    terminal.send("let t")
    try terminal.waitForLine("cvm> let t")
    terminal.send(Key.right + "x")
    try terminal.waitForLine("cvm> let tx")
  }

  @Test func `errors and drawings have colours, and none with NO_COLOR`() throws {
    let terminal = try TerminalSession.start(columns: 80, rows: 24)
    try terminal.run("let p = {x: 1}, pts = [p, p]; 0", until: "$1 = 0")
    terminal.send("null.x\r")
    try terminal.wait("the error") {
      $0.screen.lines.joined().contains("Uncaught TypeError") && $0.screen.cursorLine == "cvm>"
    }
    #expect(terminal.screen.style(of: "Uncaught TypeError") == "1;31")
    #expect(terminal.screen.style(of: "^") == "1;31")
    terminal.send("let 5\r")
    try terminal.wait("the error") {
      $0.screen.lines.joined().contains("SyntaxError") && $0.screen.cursorLine == "cvm>"
    }
    #expect(terminal.screen.style(of: "SyntaxError") == "1;31")
    terminal.send(":heap\r")
    try terminal.wait("the drawing") {
      $0.screen.lines.joined().contains("ONE object") && $0.screen.cursorLine == "cvm>"
    }
    #expect(terminal.screen.style(of: "#1 Object") == "34")
    #expect(terminal.screen.style(of: "-----") == "2")
    let plain = try TerminalSession.start(environment: ["NO_COLOR": "1"], columns: 80, rows: 24)
    try plain.run("let p = {x: 1}, pts = [p, p]; 0", until: "$1 = 0")
    plain.send("null.x\r")
    try plain.wait("the error") {
      $0.screen.lines.joined().contains("Uncaught TypeError") && $0.screen.cursorLine == "cvm>"
    }
    plain.send(":heap\r")
    try plain.wait("the drawing") { $0.screen.lines.joined().contains("ONE object") && $0.screen.cursorLine == "cvm>" }
    #expect(!plain.screen.picture.joined().contains { !$0.style.isEmpty })
  }

  @Test func `a name with a question mark is a question, complete on its line`() throws {
    let terminal = try TerminalSession.start(columns: 80)
    try terminal.run("let p = {x: 1}", until: "$1 = {x: 1}" + String(repeating: " ", count: 61) + "Object#1")
    terminal.send("p?" + Key.enter)
    try terminal.wait("the object") { $0.screen.cursorLine == "cvm>" && $0.screen.lines.contains { $0.contains(".x") } }
    for id in ["1?", "@1?", "#1?"] {
      terminal.send(Key.control("L") + id + Key.enter)
      try terminal.wait("the object") {
        $0.screen.lines.first == "cvm> \(id)" && $0.screen.cursorLine == "cvm>"
          && $0.screen.lines.contains { $0.contains(".x") }
      }
    }
    terminal.send("p ?" + Key.enter)
    try terminal.waitForLine("...>")
  }

  @Test(arguments: [
    (":hepa", ":hepa"), (":heap --foo", "--foo"), (":heap --by foo", "foo"), (":zz x", ":zz"),
    (":find Node --tpo", "--tpo"), (":time --nothing x", "--nothing"),
  ])
  func `what can't become a command or an option is marked`(typed: String, wrong: String) throws {
    let terminal = try TerminalSession.start()
    terminal.send(typed)
    try terminal.wait("the mark") {
      $0.screen.cursorLine == "cvm> \(typed)" && $0.screen.style(of: wrong)?.contains("4;31") == true
    }
  }

  @Test(arguments: [
    ":hea", ":heap --b", ":heap --by reta", ":heap --by retained", ":find Node where n => n.x --y", ":c", ":",
    ":heap | wc --lines", ":why 12", ":ch", ":? gc", ":vars>f",
  ])
  func `what may become a command is not marked`(typed: String) throws {
    let terminal = try TerminalSession.start()
    terminal.send(typed + "\u{1b}[1;5D" + Key.end)
    try terminal.waitForLine("cvm> \(typed)")
    #expect(!terminal.screen.picture.joined().contains { $0.style.contains("4;31") })
  }

  @Test func `the right prompt gives way to text`() throws {
    let terminal = try PseudoTerminal(
      BuiltProgram.built("editor-probe"), ["--right-prompt", "[right]"], columns: 29)
    try terminal.waitForLine("probe>               [right]")
    terminal.send("0123456789ab")
    try terminal.waitForLine("probe> 0123456789ab  [right]")
    terminal.send("c")
    try terminal.waitForLine("probe> 0123456789abc")
    terminal.send(Key.backspace)
    try terminal.waitForLine("probe> 0123456789ab  [right]")
    terminal.send(Key.enter)
    try terminal.waitForAnyLine("typed \"0123456789ab\"")
    #expect(!terminal.screen.lines.contains { $0.hasPrefix("probe> 0") && $0.contains("[right]") })
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
