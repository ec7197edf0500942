import CVMTestSupport
import Foundation
import Testing

/// What a killed session leaves.
@Suite struct `Recovery of killed sessions` {
  /// How often a session is killed: some times, or as often as `CVM_KILLS` says.
  private static let kills = ProcessInfo.processInfo.environment["CVM_KILLS"].flatMap { Int($0) } ?? 10

  private func kill(_ terminal: PseudoTerminal) throws {
    terminal.signal(SIGKILL)
    _ = try terminal.exitStatus()
  }

  private func folders(_ home: ScratchDirectory) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: home.path + "/.local/state/cvm-repl/sessions")) ?? []
  }

  @Test func `a killed session goes on, with branches, checkpoints and the question that waits`() throws {
    let home = try ScratchDirectory()
    let terminal = try TerminalSession.start(home: home, columns: 80, rows: 24)
    try terminal.run("let p = {x: 1}, pts = [p, p]; 0", until: "$1 = 0")
    terminal.send(":checkpoint --image one\r")
    try terminal.waitForPrompt()
    terminal.send(":fork idea\r")
    try terminal.wait("the branch") { $0.screen.lines.contains { $0.hasPrefix("now on branch idea") } }
    try terminal.run("pts.push(3)", until: "$2 = 3")
    terminal.send("let said = CC('who?')\r")
    try terminal.waitForLine("answer>")
    try kill(terminal)
    let next = try TerminalSession.start(home: home, columns: 80, rows: 24)
    #expect(
      next.screen.lines.contains { $0.hasPrefix("A session of 3 statements was killed; it ended with  let said") })
    next.send(":recover\r")
    try next.wait("the question") { $0.screen.joined.contains("on idea. Paused at CC: who?") }
    next.send(":answer Ann\r")
    try next.waitForPrompt()
    try next.run("[said, pts.length, pts[0] === p].join()", until: "$4 = 'Ann,3,true'")
    next.send(":diff one\r")
    try next.wait("the change") { $0.screen.joined.contains(".length  2 -> 3") }
    next.send(":switch main\r")
    try next.wait("main") { $0.screen.joined.contains("now on branch main at [1]") && $0.screen.cursorLine == "cvm>" }
    try next.run("typeof said + pts.length", until: "$2 = 'undefined2'")
    #expect(try next.leave() == 0)
    #expect(folders(home).isEmpty)
  }

  @Test func `a session that ends as it should leaves nothing`() throws {
    let home = try ScratchDirectory()
    let terminal = try TerminalSession.start(home: home)
    try terminal.run("1 + 1", until: "$1 = 2")
    #expect(folders(home).count == 1)
    #expect(try terminal.leave() == 0)
    #expect(folders(home).isEmpty)
    let next = try TerminalSession.start(home: home)
    #expect(!next.screen.joined.contains(":recover"))
  }

  @Test func `a living session is nobody else's`() throws {
    let home = try ScratchDirectory()
    let one = try TerminalSession.start(home: home)
    try one.run("let a = 1", until: "$1 = 1")
    let other = try TerminalSession.start(home: home)
    try other.run("let b = 2", until: "$1 = 2")
    other.send(":recover\r")
    try other.waitForAnyLine("There is no session to recover.")
    try kill(one)
    other.send(":recover\r")
    try other.wait("the other session") { $0.screen.joined.contains("recovered 1 statement, now at [1] on main") }
    try other.waitForPrompt()
    try other.run("[typeof a, typeof b].join()", until: "$2 = 'number,undefined'")
    // What was replaced can be had back.
    other.send(":recover\r")
    try other.wait("the first again") {
      $0.screen.joined.contains("now at [1] on main") && $0.screen.cursorLine == "cvm>"
    }
    try other.run("[typeof a, typeof b].join(' ')", until: "$2 = 'undefined number'")
  }

  @Test func `what reset forgot can be had back`() throws {
    let home = try ScratchDirectory()
    let terminal = try TerminalSession.start(home: home)
    try terminal.run("let a = {n: 1}; 0", until: "$1 = 0")
    terminal.send(":reset\r")
    try terminal.waitForPrompt()
    try terminal.run("typeof a", until: "$1 = 'undefined'")
    terminal.send(":recover\r")
    try terminal.wait("a") { $0.screen.joined.contains("recovered 1 statement") && $0.screen.cursorLine == "cvm>" }
    try terminal.run("a.n", until: "$2 = 1")
    terminal.send(":reset\r")
    try terminal.waitForPrompt()
    #expect(try terminal.leave() == 0)
    #expect(folders(home).isEmpty)
  }

  @Test func `a session that was reset and killed counts what came after the reset`() throws {
    let home = try ScratchDirectory()
    let terminal = try TerminalSession.start(home: home, columns: 80, rows: 24)
    try terminal.run("let a1 = 1", until: "$1 = 1")
    try terminal.run("let a2 = 2", until: "$2 = 2")
    terminal.send(":reset\r")
    try terminal.wait("the reset") { $0.screen.lines.contains("cvm> :reset") && $0.screen.cursorLine == "cvm>" }
    try kill(terminal)
    let next = try TerminalSession.start(home: home, columns: 80, rows: 24)
    #expect(next.screen.lines.contains("A session of 2 statements was killed; it ended with  let a2 = 2"))
    next.send(":recover\r")
    try next.wait("the session") {
      $0.screen.joined.contains("recovered 2 statements") && $0.screen.cursorLine == "cvm>"
    }
    try next.run("a1 + a2", until: "$3 = 3")
    next.send(":reset\r")
    try next.wait("the reset") { $0.screen.lines.contains("cvm> :reset") && $0.screen.cursorLine == "cvm>" }
    next.send("let b = 5\r")
    try next.wait("b") { $0.screen.lines.contains { $0.hasSuffix(" = 5") } && $0.screen.cursorLine == "cvm>" }
    try kill(next)
    let last = try TerminalSession.start(home: home, columns: 80, rows: 24)
    last.send(":recover\r")
    try last.wait("both") { $0.screen.joined.contains("let b = 5") && $0.screen.joined.contains("a1 + a2") }
    #expect(last.screen.lines.contains { $0.contains("  1  let b = 5") })
    #expect(last.screen.lines.contains { $0.contains("  3  a1 + a2") })
  }

  @Test func `several are listed, the newest first, and given up one by one`() throws {
    let home = try ScratchDirectory()
    for name in ["first", "second"] {
      let terminal = try TerminalSession.start(home: home)
      try terminal.run("'\(name)'", until: "$1 = '\(name)'")
      try kill(terminal)
    }
    let terminal = try TerminalSession.start(home: home, columns: 80, rows: 24)
    #expect(terminal.screen.joined.contains("2 sessions were killed"))
    terminal.send(":recover\r")
    try terminal.wait("both") { $0.screen.joined.contains("'first'") && $0.screen.joined.contains("'second'") }
    terminal.send(":recover --drop\r")
    try terminal.waitForAnyLine("2 sessions given up.")
    #expect(folders(home).isEmpty)
  }

  @Test func `a kill at any moment loses no statement that was answered`() throws {
    let home = try ScratchDirectory()
    var generator = SeededGenerator(seed: 11)
    var done = 0
    var terminal = try TerminalSession.start(home: home, columns: 80, rows: 24)
    try terminal.run("let n = 0, list = [], text = ''; 0", until: "$1 = 0")
    var result = 1
    for round in 0..<Self.kills {
      for _ in 0..<Int.random(in: 0..<4, using: &generator) {
        done += 1
        result += 1
        try terminal.run("list.push({n}); text += n; ++n", until: "$\(result) = \(done)")
      }
      terminal.send("list.push({n}); text += n; ++n\r")
      terminal.pump(Int32.random(in: 0..<4, using: &generator))
      usleep(UInt32.random(in: 0..<6000, using: &generator))
      try kill(terminal)
      terminal = try TerminalSession.start(home: home, columns: 80, rows: 24)
      terminal.send(":recover\r")
      try terminal.wait("what was killed in round \(round)") {
        $0.screen.joined.contains("recovered") && $0.screen.cursorLine == "cvm>"
      }
      terminal.send("'n=' + n\r")
      try terminal.wait("n") { $0.screen.joined.contains("n=\(done)'") || $0.screen.joined.contains("n=\(done + 1)'") }
      try terminal.waitForPrompt()
      if terminal.screen.joined.contains("n=\(done + 1)'") { done += 1; result += 1 }
      result += 1
      let check = "list.length === n && list.every((e, i) => e.n === i) && text === list.map(e => e.n).join('')"
      result += 1
      try terminal.run("n === 0 || (\(check))", until: "$\(result) = true")
    }
  }
}

extension TerminalScreen {
  /// All lines in one, to find what may be wrapped.
  fileprivate var joined: String { lines.joined(separator: " ") }
}
