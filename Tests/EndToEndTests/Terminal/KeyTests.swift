import CVMTestSupport
import Foundation
import Testing

@Suite struct `Keys` {
  @Test(arguments: [
    "\u{1b}[99;5u", "\u{1b}[1;9Z", "\u{1b}[200;300;400~", "\u{1b}OX", "\u{1b}[?1;2c", "\u{1b}[<35;1;1M",
    "\u{1b}[24;80R",
  ])
  func `an unknown sequence leaves nothing behind`(sequence: String) throws {
    let terminal = try TerminalSession.start()
    terminal.send("1\(sequence)2")
    try terminal.waitForLine("cvm> 12")
  }

  @Test func `a control character breaks an unfinished sequence off`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("12\u{1b}[\u{7f}3\u{1b}[1;\u{1b}[D4")
    try terminal.waitForLine("cvm> 143")
  }

  @Test func `Escape alone closes what is open and leaves the text`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("[].f" + Key.tab + Key.tab)
    try terminal.wait("a list") { $0.screen.lines.contains { $0.contains("filter") } }
    terminal.send(Key.escape)
    try terminal.wait("no list") { $0.screen.lines.last == "cvm> [].f" }
    terminal.send("x")
    try terminal.waitForLine("cvm> [].fx")
  }

  @Test func `bytes that are no text leave nothing behind`() throws {
    let terminal = try TerminalSession.start()
    terminal.send([0x31, 0xFF, 0xC3, 0x32, 0xC2, 0x81, 0xE4, 0xB8, 0x33])
    try terminal.waitForLine("cvm> 123")
  }

  @Test func `Ctrl-S does not stop the screen`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("1" + Key.control("S"))
    try terminal.wait("a search") { $0.screen.cursorLine.hasPrefix("(search)") }
    terminal.send(Key.control("G") + "2")
    try terminal.waitForLine("cvm> 12")
  }

  @Test func `Ctrl-V inserts the next key as it is`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("'" + Key.control("V") + Key.tab + Key.control("V") + Key.control("A") + "'.length")
    try terminal.waitForLine("cvm> '   ^A'.length")
    terminal.send("\r")
    try terminal.waitForAnyLine("$1 = 2")
  }

  @Test func `typing can be taken back and done again`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("one two")
    try terminal.waitForLine("cvm> one two")
    terminal.send(Key.control("W"))
    try terminal.waitForLine("cvm> one")
    terminal.send(Key.control("_"))
    try terminal.waitForLine("cvm> one two")
    terminal.send(Key.control("_"))
    try terminal.wait("less") { $0.screen.cursorLine == "cvm> one" && $0.screen.cursorColumn <= 9 }
    terminal.send("\u{1b}_")
    try terminal.waitForLine("cvm> one two")
  }

  @Test func `what is cut can be inserted again`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("alpha beta" + Key.control("W"))
    try terminal.waitForLine("cvm> alpha")
    terminal.send(Key.control("U"))
    try terminal.waitForLine("cvm>")
    terminal.send(Key.control("Y"))
    try terminal.waitForLine("cvm> alpha beta")
    terminal.send(Key.control("A") + "\u{1b}d" + Key.control("E") + " " + Key.control("Y"))
    try terminal.waitForLine("cvm>  beta alpha")
    terminal.send("\u{1b}y")
    try terminal.waitForLine("cvm>  beta alpha beta")
  }

  @Test func `words are steps`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("foo.barBaz(qux)" + "\u{1b}b" + "\u{1b}b" + "X")
    try terminal.waitForLine("cvm> foo.XbarBaz(qux)")
    terminal.send("\u{1b}[1;5C" + "Y" + "\u{1b}[1;5D" + "\u{1b}[1;5D" + "Z")
    try terminal.waitForLine("cvm> Zfoo.XbarBazY(qux)")
  }

  @Test func `a number with Alt repeats the next key`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("\u{1b}1" + "2" + "a")
    try terminal.waitForLine("cvm> aaaaaaaaaaaa")
    terminal.send("\u{1b}4" + Key.left + "b")
    try terminal.waitForLine("cvm> aaaaaaaabaaaa")
  }

  @Test func `Ctrl-L clears the screen and keeps the line`() throws {
    let terminal = try TerminalSession.start()
    try terminal.run("1", until: "$1 = 1")
    terminal.send("abc" + Key.control("L"))
    try terminal.waitForScreen(["cvm> abc"])
    #expect(terminal.screen.cursorColumn == 8)
  }

  @Test func `Ctrl-X Ctrl-E edits the text in the editor of the user`() throws {
    let home = try ScratchDirectory()
    let editor = try home.write("editor.sh", "sed -i 's/one/two/; s/$/ + 1/' \"$1\"\n")
    let terminal = try TerminalSession.start(environment: ["EDITOR": "sh \(editor)"], home: home)
    terminal.send("let one = 1" + Key.control("X") + Key.control("E"))
    try terminal.waitForLine("cvm> let two = 1 + 1")
    // What was there before did not run, and is not there as if it had.
    #expect(!terminal.screen.lines.contains("cvm> let one = 1"))
    terminal.send("\r")
    try terminal.waitForAnyLine("$1 = 2")
    #expect(try terminal.leave() == 0)
    #expect(terminal.settings == terminal.firstSettings)
  }

  @Test func `nothing is left behind when the terminal goes away while the editor is open`() throws {
    let home = try ScratchDirectory()
    let editor = try home.write("editor.sh", "echo open; read answer\n")
    let terminal = try TerminalSession.start(
      environment: ["EDITOR": "sh \(editor)", "TMPDIR": home.path], home: home)
    terminal.send("let one = 1" + Key.control("X") + Key.control("E"))
    try terminal.waitForAnyLine("open")
    func files() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: home.path).filter { $0.hasPrefix("cvm-") }
    }
    #expect(try files().count == 1)
    terminal.signal(1)
    #expect(try terminal.exitStatus() > 128)
    #expect(try files().isEmpty)
  }

  @Test func `Ctrl-X Ctrl-U runs the undo command and keeps what is being typed`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("half" + Key.control("X") + Key.control("U"))
    try terminal.wait("the command") { $0.screen.lines.contains("cvm> :undo") && $0.screen.cursorLine == "cvm> half" }
  }
}

@Suite struct `Completion` {
  @Test func `Tab completes, lists, and lists with types`() throws {
    let terminal = try TerminalSession.start(columns: 80)
    try terminal.run(
      "class Dog { get loud() { throw 1 } bark() {} }; let dog = new Dog; dog.name = 'Rex'; 0", until: "$1 = 0")
    terminal.send("dog.na" + Key.tab)
    try terminal.waitForLine("cvm> dog.name")
    terminal.send(Key.control("W") + "dog." + Key.tab)
    try terminal.wait("a list") { $0.screen.lines.last?.hasPrefix("name") == true }
    #expect(terminal.screen.cursorLine == "cvm> dog.")
    terminal.send(Key.tab)
    try terminal.wait("types") { $0.screen.lines.contains { $0.contains("loud") && $0.contains("getter") } }
    #expect(terminal.screen.lines.contains { $0.contains("bark") && $0.contains("function") })
    #expect(terminal.screen.lines.contains { $0.contains("name") && $0.contains("string") })
    terminal.send("l")
    try terminal.wait("no list") { $0.screen.lines.last == "cvm> dog.l" }
    terminal.send(Key.tab)
    try terminal.waitForLine("cvm> dog.loud")
  }

  @Test func `commands, their options, ids and files are completed`() throws {
    let home = try ScratchDirectory()
    _ = try home.write("alpha.js", "")
    let terminal = try TerminalSession.start(home: home, columns: 80)
    try terminal.run("let point = {x: 1}; 0", until: "$1 = 0")
    terminal.send(":vari" + Key.tab + Key.control("U") + ":var" + Key.tab)
    try terminal.wait(":vars") { $0.screen.cursorLine == "cvm> :vars" && $0.screen.cursorColumn == 11 }
    terminal.send("--js" + Key.tab + Key.tab)
    try terminal.wait("options") { $0.screen.lines.contains { $0.hasPrefix("--json ") } }
    terminal.send(Key.control("U") + ":refs #" + Key.tab)
    try terminal.waitForLine("cvm> :refs #1")
    terminal.send(Key.control("U") + ":refs poi" + Key.tab)
    try terminal.waitForLine("cvm> :refs point")
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    terminal.send(":set pager off" + Key.enter + ":checkpoint early" + Key.enter)
    try terminal.wait("a checkpoint") {
      $0.screen.cursorLine == "cvm>" && $0.screen.lines.contains { $0.contains("  #  ") || $0.contains(" #  class") }
    }
    terminal.send(":restore ea" + Key.tab)
    try terminal.waitForLine("cvm> :restore early")
    terminal.send(Key.control("U") + ":help ke" + Key.tab)
    try terminal.waitForLine("cvm> :help keys")
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    terminal.send(":find Object" + Key.enter)
    try terminal.wait("a table") { $0.screen.cursorLine == "cvm>" && $0.screen.lines.contains { $0.contains("#1") } }
    terminal.send(":show ro" + Key.tab + Key.tab)
    try terminal.waitForLine("cvm> :show row 1")
    terminal.send(Key.control("U") + ":load \(home.path)/al" + Key.tab)
    try terminal.waitForLine("cvm> :load \(home.path)/alpha.js")
  }

  @Test func `file names with blanks are completed, as they are and in quotes`() throws {
    let home = try ScratchDirectory()
    try FileManager.default.createDirectory(atPath: home.path + "/my dir", withIntermediateDirectories: true)
    _ = try home.write("my dir/a file.js", "")
    let terminal = try TerminalSession.start(home: home, columns: 120)
    for (typed, whole) in [
      ("my d", "my dir/a file.js"), ("\"my d", "\"my dir/a file.js\""), ("my\\ d", "my\\ dir/a\\ file.js"),
    ] {
      let place = typed.hasPrefix("\"") ? "\"\(home.path)/" : "\(home.path)/"
      let rest = typed.hasPrefix("\"") ? String(typed.dropFirst()) : typed
      terminal.send(":load \(place)\(rest)" + Key.tab + Key.tab)
      let name = whole.hasPrefix("\"") ? "\"\(home.path)/\(whole.dropFirst())" : "\(home.path)/\(whole)"
      try terminal.waitForLine("cvm> :load \(name)")
      terminal.send(Key.enter)
      try terminal.wait("the file") { $0.screen.lines.contains { $0.hasSuffix(": 0 new objects") } }
      try terminal.waitForPrompt()
      terminal.send(Key.control("L"))
      try terminal.waitForScreen(["cvm>"])
    }
    terminal.send(":vars > \(home.path)/my" + Key.tab + Key.tab)
    try terminal.waitForLine("cvm> :vars > \"\(home.path)/my dir/a file.js\"")
  }

  @Test func `keys in quotes are completed`() throws {
    let terminal = try TerminalSession.start(columns: 80)
    try terminal.run("let o = {'two words': {'in side': 1}, plain: 2}; 0", until: "$1 = 0")
    terminal.send("o[\"tw" + Key.tab + "['" + Key.tab)
    try terminal.waitForLine("cvm> o[\"two words\"]['in side']")
    terminal.send(Key.control("U") + "o['p" + Key.tab)
    try terminal.waitForLine("cvm> o['plain']")
    terminal.send(Key.control("U") + "['" + Key.tab + "x")
    try terminal.waitForLine("cvm> ['x")
  }

  @Test func `a list that is too long has pages`() throws {
    let terminal = try TerminalSession.start(columns: 40, rows: 10)
    terminal.send("[].f" + Key.tab + Key.tab)
    try terminal.wait("a page") { $0.screen.lines.last?.hasSuffix("Tab for more --") == true }
    let first = terminal.screen.lines
    terminal.send(Key.tab)
    try terminal.wait("the next page") { $0.screen.lines != first }
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    #expect(terminal.screen.lines.suffix(2) == ["cvm> [].f^C", "cvm>"])
  }

  @Test func `nothing of the program runs while it is completed`() throws {
    let terminal = try TerminalSession.start(columns: 80)
    try terminal.run("let runs = 0; let o = {get a() { runs++; return {b: 1} }}; 0", until: "$1 = 0")
    terminal.send("o.a." + Key.tab)
    terminal.send(Key.control("U") + "runs\r")
    try terminal.waitForAnyLine("$2 = 0")
  }
}
