import CVMTestSupport
import Testing

/// What a caller of `cvm-repl` sees: exit status, standard output and standard error.
@Suite struct CommandLineTests {
  let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
  }

  private func runFile(_ source: String, _ options: String..., name: String = "program.js") throws -> Subprocess.Outcome
  {
    try BuiltProgram.run(["run"] + options + [scratch.write(name, source)])
  }

  // MARK: - Programs

  @Test func `run prints what the program prints and nothing else`() throws {
    let outcome = try runFile("console.log('out');\n1 + 1;\n")
    #expect(outcome.ending == .exited(0))
    #expect(outcome.output == "out\n")
    #expect(outcome.errors == "")
  }

  @Test func `console_error goes to standard error`() throws {
    let outcome = try runFile("console.log('out');\nconsole.error('err');\n")
    #expect(outcome.ending == .exited(0))
    #expect(outcome.output == "out\n")
    #expect(outcome.errors == "err\n")
  }

  @Test func `a program without run in front is told how to run it`() throws {
    let file = try scratch.write("program.js", "1")
    let outcome = try BuiltProgram.run([file])
    #expect(outcome.ending == .exited(2))
    #expect(outcome.errors.hasSuffix("To run the program: cvm-repl run \(file)\n"))
  }

  @Test func `run with a dash reads the program from standard input`() throws {
    let outcome = try BuiltProgram.run(["run", "-"], input: "let x = 6;\nconsole.log(x * 7);\n")
    #expect(outcome.ending == .exited(0))
    #expect(outcome.output == "42\n")
  }

  @Test func `an empty program is a program`() throws {
    let outcome = try runFile("")
    #expect(outcome.ending == .exited(0))
    #expect(outcome.output + outcome.errors == "")
  }

  @Test func `the types of a ts file are erased`() throws {
    let outcome = try runFile("const n: number = 42;\nconsole.log(n as number);\n", name: "program.ts")
    #expect(outcome.ending == .exited(0))
    #expect(outcome.output == "42\n")
  }

  @Test func `a missing file is named and ends with status 3`() throws {
    let outcome = try BuiltProgram.run(["run", scratch.path + "/missing.js"])
    #expect(outcome.ending == .exited(3))
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("missing.js"))
  }

  @Test func `a directory is not a program`() throws {
    let outcome = try BuiltProgram.run(["run", scratch.path])
    #expect(outcome.ending == .exited(3))
    #expect(outcome.errors.contains(scratch.path))
  }

  // MARK: - Errors of programs

  @Test func `an uncaught error is shown with file, line, column, caret and call stack`() throws {
    let outcome = try runFile(
      """
      console.log('before');
      function inner(o) {
        return o.missing.x;
      }
      function outer() { return inner({}); }
      outer();
      console.log('after');

      """)
    #expect(outcome.ending == .exited(1))
    #expect(outcome.output == "before\n")
    let lines = outcome.errors.split(separator: "\n").map(String.init)
    #expect(lines.contains("Uncaught TypeError: Cannot read properties of undefined (reading 'x')"))
    #expect(outcome.errors.contains("program.js:3:"))
    let source = lines.firstIndex { $0.contains("return o.missing.x;") }
    #expect(source.map { lines[$0 + 1].contains("^") } == true, "\(outcome.errors)")
    let frames = lines.filter { $0.contains("at ") && $0.contains("program.js:") }
    #expect(frames.contains { $0.contains("inner") && $0.contains(":3:") }, "\(outcome.errors)")
    #expect(frames.contains { $0.contains("outer") && $0.contains(":5:") }, "\(outcome.errors)")
  }

  @Test func `a thrown value that is not an error is shown as console_log shows it`() throws {
    let outcome = try runFile("throw { code: 7 };\n")
    #expect(outcome.ending == .exited(1))
    #expect(outcome.errors.contains("Uncaught { code: 7 }"))
  }

  @Test func `a syntax error is found before anything runs`() throws {
    let outcome = try runFile("console.log('runs');\nlet a = ;\n")
    #expect(outcome.ending == .exited(1))
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("SyntaxError: "))
    #expect(outcome.errors.contains("program.js:2:9"))
    let lines = outcome.errors.split(separator: "\n").map(String.init)
    let source = lines.firstIndex { $0.contains("let a = ;") }
    #expect(source.map { lines[$0 + 1].contains("^") } == true, "\(outcome.errors)")
  }

  @Test func `several syntax errors are reported at once`() throws {
    let outcome = try runFile("let a = ;\nlet ok = 1;\nlet b = );\n")
    #expect(outcome.errors.contains(":1:9"))
    #expect(outcome.errors.contains(":3:9"))
  }

  // MARK: - Expressions and commands

  @Test func `-e runs code in order on one heap`() throws {
    let outcome = try BuiltProgram.run(["-e", "let x = [1]", "-e", "x.push(2)", "-e", "console.log(x)"])
    #expect(outcome.ending == .exited(0))
    #expect(outcome.outputLines.last == "[ 1, 2 ]")
  }

  @Test func `-e stops at the first failure with its status`() throws {
    let outcome = try BuiltProgram.run(["-e", "console.log('a')", "-e", "null.x", "-e", "console.log('c')"])
    #expect(outcome.ending == .exited(1))
    #expect(outcome.output == "a\n")
    #expect(outcome.errors.contains("Uncaught TypeError: Cannot read properties of null (reading 'x')"))
  }

  @Test func `-c runs a command on what -e made`() throws {
    let outcome = try BuiltProgram.run(["-e", "let pts = [{ x: 1 }]", "-c", ":heap", "-c", ":vars"])
    #expect(outcome.ending == .exited(0))
    #expect(outcome.output.contains("pts"))
  }

  @Test func `an unknown command is wrong usage and names the nearest one`() throws {
    let outcome = try BuiltProgram.run(["-c", ":haep"])
    #expect(outcome.ending == .exited(2))
    #expect(outcome.output == "")
    #expect(outcome.errors.contains(":heap"))
  }

  @Test func `an unknown id is not found`() throws {
    let outcome = try BuiltProgram.run(["-e", "let a = []", "-c", ":refs 999"])
    #expect(outcome.ending == .exited(3))
    #expect(outcome.errors.contains("Invalid heap reference: 999"))
  }

  @Test(arguments: [":help", ":heap", ":refs a", ":show a", ":gc", ":vars", ":disasm f", ":checkpoint"])
  func `a command prints one JSON object on request`(command: String) throws {
    let outcome = try BuiltProgram.run(
      ["--json", "-e", "let a = [1, { b: 2 }]; function f(x) { return x + 1; }", "-c", command])
    #expect(outcome.ending == .exited(0), "\(outcome.errors)")
    let last = try #require(outcome.outputLines.last)
    let object = try JSONObject(last)
    #expect(object["v"] == "1")
    #expect(object["cmd"] == String(command.dropFirst().prefix { $0 != " " }))
  }

  // MARK: - Usage

  @Test(arguments: [["--bogus"], ["run"], ["run", "a.js", "b.js"], ["run", "--max-steps", "many", "a.js"], ["-e"]])
  func `wrong usage ends with status 2 and explains itself`(arguments: [String]) throws {
    let outcome = try BuiltProgram.run(arguments)
    #expect(outcome.ending == .exited(2))
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("Usage"))
  }

  @Test(arguments: [["--help"], ["run", "--help"], ["--version"]])
  func `help and version go to standard output`(arguments: [String]) throws {
    let outcome = try BuiltProgram.run(arguments)
    #expect(outcome.ending == .exited(0))
    #expect(!outcome.output.isEmpty)
    #expect(outcome.errors == "")
  }

  // MARK: - Sessions from a pipe

  @Test func `a piped session shows the value of each statement and no prompt`() throws {
    let outcome = try BuiltProgram.run([], input: "let a = [1, 2]\na.push(3)\na\n")
    #expect(outcome.ending == .exited(0))
    #expect(!outcome.output.contains("cvm>"))
    #expect(outcome.outputLines.last?.contains("[1, 2, 3]") == true, "\(outcome.output)")
  }

  @Test func `statements of several lines and commands mix`() throws {
    let outcome = try BuiltProgram.run([], input: "function f(x) {\n  return x * 2\n}\nf(21)\n:vars\n:heap\n")
    #expect(outcome.ending == .exited(0), "\(outcome.errors)")
    #expect(outcome.output.contains("42"))
    #expect(outcome.errors == "")
  }

  @Test func `a session goes on after an error`() throws {
    let outcome = try BuiltProgram.run(
      [], input: "let x = 1\nx.y.z\nlet let\n:nonsense\nconsole.log('still here', x)\n")
    #expect(outcome.outputLines.last == "still here 1" || outcome.outputLines.contains("still here 1"))
    #expect(outcome.errors.contains("Cannot read properties of undefined (reading 'z')"))
    #expect(outcome.errors.contains("SyntaxError"))
  }

  @Test func `a redeclaration is allowed and said`() throws {
    let outcome = try BuiltProgram.run([], input: "const x = 1\nconst x = 2\nconsole.log(x)\n")
    #expect(outcome.outputLines.contains("2"))
    #expect((outcome.output + outcome.errors).contains("replaced const x (was 1)"))
  }
}
