import CVMTestSupport
import Testing

/// Named executions at a terminal.
@Suite struct `Executions at a terminal` {
  @Test func `a person is asked, and may leave the question open for another day`() throws {
    let home = try ScratchDirectory()
    let file = try home.write("p.js", "const a = CC('first?');\nconst b = CC('second?');\nconsole.log(a + b);\n")
    let terminal = try PseudoTerminal(
      BuiltProgram.path, ["run", file, "--id", "demo"], home: home, columns: 70, rows: 12)
    try terminal.waitForLine("answer>")
    terminal.send("one" + Key.enter)
    try terminal.waitForAnyLine("CC: second?")
    try terminal.waitForLine("answer>")
    terminal.send(":pause" + Key.enter)
    try terminal.waitForAnyLine("cvm-repl resume demo --answer TEXT goes on.")
    let second = try PseudoTerminal(BuiltProgram.path, ["resume", "demo"], home: home, columns: 70, rows: 12)
    try second.waitForLine("answer>")
    second.send("two" + Key.enter)
    try second.waitForAnyLine("onetwo")
  }
}
