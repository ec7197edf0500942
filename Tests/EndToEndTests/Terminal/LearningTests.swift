import CVMTestSupport
import Testing

/// Teaching at a terminal of 80 columns and 24 lines.
@Suite struct `Learning at the prompt` {
  private func start(_ environment: [String: String?] = [:]) throws -> PseudoTerminal {
    try TerminalSession.start(environment: environment, columns: 80, rows: 24)
  }

  @Test func `a prediction is asked for, answered, and then the result is shown`() throws {
    let terminal = try start()
    try terminal.type("let a = [1, 2, 3]", until: "$1 = [1, 2, 3]")
    try terminal.type(":predict on", until: "You are asked")
    terminal.send("const b = a; b.push(4)" + Key.enter)
    try terminal.see("2) is b === a afterwards?")
    #expect(!terminal.screen.lines.contains { $0.contains("$2 =") })
    try terminal.waitForLine(">")
    terminal.send("3, yes" + Key.enter)
    try terminal.see("You expected a copy")
    try terminal.see("Score 1 of 2.")
    try terminal.see("$2 = 4")
    try terminal.type("a.length", until: "$3 = 4")
  }

  @Test func `Ctrl-C and Ctrl-D at a question skip it`() throws {
    let terminal = try start()
    try terminal.type("let a = [1]", until: "$1 = [1]")
    try terminal.type(":predict on", until: "You are asked")
    for (number, key) in [Key.control("C"), Key.control("D")].enumerated() {
      terminal.send("let b\(number) = a" + Key.enter)
      try terminal.waitForLine(">")
      terminal.send(key)
      try terminal.see("$\(number + 2) = [1]")
    }
    try terminal.type("1 + 1", until: "$4 = 2")
  }

  @Test(arguments: [[:], ["NO_COLOR": "1"], ["TERM": "dumb"]])
  func `a lesson is gone through`(environment: [String: String]) throws {
    let terminal = try start(environment)
    try terminal.type(":learn 2", until: "Your turn: Make `b` a second name")
    terminal.send("let b = a" + Key.enter)
    try terminal.see("what is  a.length  afterwards?")
    try terminal.waitForLine(">")
    terminal.send("3" + Key.enter)
    try terminal.see("You expected a copy")
    try terminal.waitForLine(">")
    terminal.send("4" + Key.enter)
    try terminal.see("Your turn: Empty the array of a")
    terminal.send("a.length = 0" + Key.enter)
    try terminal.see("Lesson 2 is done.")
    try terminal.type("a.length", until: " = 0")
  }

  @Test func `what changed has a colour, and a sign for those who see none`() throws {
    let terminal = try start()
    try terminal.type("let a = {x: 1}", until: "$1 = ")
    terminal.send(":view" + Key.enter)
    try terminal.see("* a ---")
    try terminal.type("a = null", until: "$2 = null")
    terminal.send(":view" + Key.enter)
    try terminal.see("x $1 ---")
    for line in terminal.screen.lines { #expect(line.count <= 80) }
  }
}

extension PseudoTerminal {
  /// Waits until a line of the screen has this in it.
  fileprivate func see(_ text: String) throws {
    try wait("a line with '\(text)'") { $0.screen.lines.contains { $0.contains(text) } }
  }

  /// Types a line, and waits for its answer and the next prompt.
  fileprivate func type(_ line: String, until answer: String) throws {
    send(line + Key.enter)
    try wait("'\(answer)' and a prompt") {
      $0.screen.cursorLine == "cvm>" && $0.screen.lines.contains { $0.contains(answer) }
    }
  }
}
