import CVMTestSupport
import Testing

@Suite struct `The user's .editrc` {
  private func start(_ text: String, environment: [String: String?] = [:]) throws -> PseudoTerminal {
    let home = try ScratchDirectory()
    _ = try home.write(".editrc", text)
    return try TerminalSession.start(environment: environment, home: home, columns: 100)
  }

  @Test func `keys are bound to commands and to texts`() throws {
    let terminal = try start(
      "bind ^T em-inc-search-prev\nbind -s ^O \"1 + 1\"\ncvm-repl:bind \"^[[17~\" cvm-newline\nother:bind ^A ed-ignore\n"
    )
    terminal.send(Key.control("O") + "\r")
    try terminal.waitForAnyLine("$1 = 2")
    terminal.send(Key.control("T") + "1 +")
    try terminal.waitForLine("(search)'1 +': 1 + 1")
    terminal.send(Key.control("A") + "0 + \u{1b}[17~")
    try terminal.waitForLine("...>   1 + 1")
  }

  @Test(arguments: ["", "bind -v\n"])
  func `a key stands for text of any script`(mode: String) throws {
    // The low bytes of these are control keys.
    let terminal = try start(mode + "bind -s ^O \"'\u{412}\u{430}\u{10D}\u{65E5} é\u{1F603}'.length\"\n")
    terminal.send(Key.control("O"))
    try terminal.waitForLine("cvm> '\u{412}\u{430}\u{10D}\u{65E5} é\u{1F603}'.length")
    terminal.send(" + 1" + Key.enter)
    try terminal.waitForAnyLine("$1 = 9")
  }

  @Test func `what is wrong is said with file and line`() throws {
    let terminal = try start("# a comment\n\nbind ^T no-such-command\nnonsense here\n")
    #expect(terminal.screen.lines.contains { $0.contains("/.editrc:3: ") })
    #expect(terminal.screen.lines.contains { $0.contains("/.editrc:4: ") })
    try terminal.run("1", until: "$1 = 1")
  }

  @Test func `EDITRC names another file, or none`() throws {
    let home = try ScratchDirectory()
    let file = try home.write("keys", "bind -s ^O other\n")
    _ = try home.write(".editrc", "bind -s ^O own\n")
    let named = try TerminalSession.start(environment: ["EDITRC": file], home: home)
    named.send(Key.control("O"))
    try named.waitForLine("cvm> other")
    let none = try TerminalSession.start(environment: ["EDITRC": ""], home: home)
    none.send(Key.control("O") + "1")
    try none.waitForLine("cvm> 1")
  }

  @Test func `vi mode has its commands, with lines and the history`() throws {
    let terminal = try start("bind -v\n")
    terminal.send("hello world" + Key.escape)
    try terminal.wait("the command mode") { $0.screen.cursorLine == "cvm> hello world" && $0.screen.cursorColumn == 15 }
    terminal.send("bdw")
    try terminal.waitForLine("cvm> hello")
    terminal.send("u")
    try terminal.waitForLine("cvm> hello world")
    terminal.send("0rJ")
    try terminal.waitForLine("cvm> Jello world")
    terminal.send("A!" + Key.escape + "x")
    try terminal.waitForLine("cvm> Jello world")
    terminal.send("A a b c" + Key.escape + "2b")
    try terminal.wait("two words back") { $0.screen.cursorColumn == 17 }
    terminal.send("99b")
    try terminal.wait("the start") { $0.screen.cursorColumn == 5 }
    terminal.send("$db")
    try terminal.waitForLine("cvm> Jello world a c")
    terminal.send("0ccc" + Key.backspace + Key.escape)
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    try terminal.run("[1].length", until: "$1 = 1")
    terminal.send(Key.escape + "k")
    try terminal.waitForLine("cvm> [1].length")
    terminal.send("cc2" + Key.up)
    terminal.send(Key.control("C") + "[" + Key.altEnter + "1" + Key.left + Key.up)
    try terminal.waitForLine("cvm> [")
    #expect(terminal.screen.unknown == [])
  }
}
