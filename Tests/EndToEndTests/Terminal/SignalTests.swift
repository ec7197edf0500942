import CVMTestSupport
import Glibc
import Testing

@Suite struct `Interrupts, endings and sizes` {
  @Test func `Ctrl-C drops what is typed`() throws {
    let terminal = try TerminalSession.start()
    terminal.send(Key.control("C"))
    try terminal.wait("another prompt") { $0.screen.lines.suffix(2) == ["cvm> ^C", "cvm>"] }
    terminal.send("partial" + Key.control("C"))
    try terminal.wait("another prompt") { $0.screen.lines.suffix(2) == ["cvm> partial^C", "cvm>"] }
    terminal.send("{" + Key.enter)
    try terminal.wait("two lines") { $0.screen.cursorLine == "...>" && $0.screen.cursorColumn == 7 }
    terminal.send(Key.control("C"))
    try terminal.wait("another prompt") { $0.screen.lines.suffix(2) == ["...>   ^C", "cvm>"] }
    terminal.send(Key.control("R") + "par" + Key.control("C") + Key.control("C"))
    try terminal.waitForPrompt()
    try terminal.run("1", until: "$1 = 1")
  }

  @Test func `Ctrl-C stops a program within a moment, and the heap stays`() throws {
    let terminal = try TerminalSession.start()
    try terminal.run("let kept = 7; let count = 0; 0", until: "$1 = 0")
    terminal.send("console.log('go'); while (true) count++\r")
    try terminal.waitForAnyLine("go")
    terminal.send(Key.control("C"))
    try terminal.wait("the prompt") {
      $0.screen.cursorLine == "cvm>" && $0.screen.lines.contains { $0.hasSuffix("Interrupted.") }
    }
    try terminal.run("kept", until: "$2 = 7")
  }

  @Test func `Ctrl-D while a program runs ends the session after it`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("console.log('go'); let end = Date.now() + 200; while (Date.now() < end); 'done'\r")
    try terminal.waitForAnyLine("go")
    terminal.send(Key.control("D"))
    #expect(try terminal.exitStatus() == 0)
    #expect(terminal.screen.lines.contains("$1 = 'done'"))
  }

  @Test func `many Ctrl-C while a program runs are one`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("console.log('go'); for (;;);\r")
    try terminal.waitForAnyLine("go")
    terminal.send(Key.control("C") + Key.control("C") + Key.control("C"))
    try terminal.waitForPrompt()
    try terminal.run("1", until: "$1 = 1")
  }

  @Test func `SIGINT from outside is as Ctrl-C`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("abc")
    try terminal.waitForLine("cvm> abc")
    terminal.signal(SIGINT)
    try terminal.waitForPrompt()
    // The program that runs next is not meant.
    try terminal.run("1", until: "$1 = 1")
  }

  @Test func `Ctrl-D deletes, and leaves when there is nothing to delete`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("ab" + Key.control("A") + Key.control("D"))
    try terminal.waitForLine("cvm> b")
    terminal.send(Key.control("D") + Key.control("D"))
    #expect(try terminal.exitStatus() == 0)
    #expect(terminal.settings == terminal.firstSettings)
  }

  @Test func `the prompt tells that a program waits`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("let c = CC('colour?')" + Key.enter)
    try terminal.waitForLine("answer>")
    terminal.send(":pause" + Key.enter)
    try terminal.waitForLine("wait>")
    terminal.send("nothing" + Key.enter)
    try terminal.wait("the caret") { $0.screen.cursorLine == "wait>" && $0.screen.lines.contains("      ^^^^^^^") }
    terminal.send("[" + Key.enter)
    try terminal.waitForLine("....>")
    terminal.send(Key.control("C") + ":answer red" + Key.enter)
    try terminal.waitForAnyLine("$1 = 'red'")
    try terminal.waitForPrompt()
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT])
  func `a signal that ends the session leaves the terminal as it was`(signal: Int32) throws {
    let terminal = try TerminalSession.start()
    terminal.send("abc")
    try terminal.waitForLine("cvm> abc")
    #expect(terminal.settings != terminal.firstSettings)
    terminal.signal(signal)
    #expect(try terminal.exitStatus() == 128 + signal)
    #expect(terminal.settings == terminal.firstSettings)
    #expect(!terminal.screen.bracketsPastes && terminal.screen.showsCursor)
  }

  @Test func `a crash leaves the terminal as it was`() throws {
    let terminal = try TerminalSession.startProbe()
    terminal.send("abc")
    try terminal.waitForLine("probe> abc")
    terminal.signal(SIGSEGV)
    #expect(try terminal.exitStatus() > 128)
    #expect(terminal.settings == terminal.firstSettings)
    #expect(!terminal.screen.bracketsPastes && terminal.screen.showsCursor)
    let trapped = try TerminalSession.startProbe()
    trapped.send("trap\r")
    #expect(try trapped.exitStatus() > 128)
    #expect(trapped.settings == trapped.firstSettings)
  }

  @Test func `Ctrl-Z gives the terminal back to the shell, and fg the line back`() throws {
    let shell = try PseudoTerminal("/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["HISTFILE": nil])
    try shell.waitForLine("$")
    shell.send("\(BuiltProgram.path)\r")
    try shell.waitForPrompt()
    shell.send("{\rabc")
    try shell.waitForLine("...> abc")
    shell.send(Key.control("Z"))
    try shell.waitForLine("$")
    shell.send("echo $((20 + 3))\r")
    try shell.waitForAnyLine("23")
    shell.send("fg\r")
    try shell.waitForLine("...> abc")
    shell.send(Key.control("C") + "console.log('go'); for (;;);\r")
    try shell.waitForAnyLine("go")
    shell.send(Key.control("Z"))
    try shell.waitForLine("$")
    shell.send("fg\r")
    try shell.wait("the program in front") { $0.screen.cursorRow > 0 && $0.foregroundGroup != $0.process }
    shell.send(Key.control("C"))
    try shell.waitForPrompt()
    shell.send(Key.control("D"))
    try shell.waitForLine("$")
  }

  @Test(arguments: [(24, 12), (100, 12), (60, 6), (33, 20), (7, 12)])
  func `another size of the window while a text is typed`(columns: Int, rows: Int) throws {
    let terminal = try TerminalSession.start()
    terminal.send("['aaaaaaaaaaaaaaaaaaaaaa', '中中中中中中中中中中',\r12345]")
    try terminal.waitForLine("...> 12345]")
    terminal.resize(columns: columns, rows: rows)
    terminal.send("[0]")
    try terminal.wait("the text in the new width") { $0.screen.lines.joined().hasSuffix("[0]") }
    let resized = terminal.screen.lines
    terminal.send(Key.control("L"))
    try terminal.wait("the text at the top") { $0.screen.lines.first?.hasPrefix("cvm> ['".prefix(columns)) == true }
    #expect(terminal.screen.lines == resized.suffix(terminal.screen.lines.count))
    #expect(terminal.screen.unknown == [])
  }

  @Test func `messages from elsewhere leave the line and the cursor`() throws {
    let terminal = try TerminalSession.startProbe(rows: 20)
    terminal.send("messages\r" + "half a line" + Key.left)
    try terminal.wait("three messages above the line") {
      $0.screen.lines.suffix(2) == ["message 3", "probe> half a line"] && $0.screen.cursorColumn == 17
    }
    #expect(terminal.screen.lines.filter { $0.hasPrefix("message ") } == ["message 1", "message 2", "message 3"])
  }

  @Test func `what is typed ahead is there at the next prompt`() throws {
    let terminal = try TerminalSession.start()
    terminal.send("for (let i = 0; i < 300000; i++);\r'typed ahead'\r")
    try terminal.wait("the second result") { $0.screen.lines.contains { $0.hasSuffix("= 'typed ahead'") } }
  }
}
