import CVMTestSupport
import Foundation
import Testing

/// Files, arguments, standard input and `main`, as programs see them.
@Suite struct FileSystemTests {
  let scratch: ScratchDirectory
  let box: String

  init() throws {
    scratch = try ScratchDirectory()
    box = scratch.path + "/box"
    try FileManager.default.createDirectory(atPath: box, withIntermediateDirectories: true)
    try Data("kept".utf8).write(to: URL(fileURLWithPath: box + "/a.txt"))
  }

  private func process(_ source: String, _ arguments: [String], input: String = "") throws -> Subprocess {
    BuiltProgram.process(["run", try scratch.write("program.js", source)] + arguments, input: input)
  }

  private func run(_ source: String, _ arguments: [String] = [], input: String = "") throws -> String {
    let outcome = try process(source, arguments, input: input).run()
    #expect(outcome.ending == .exited(0), "\(outcome.errors)")
    return outcome.output
  }

  @Test func `without a folder fs sees nothing`() throws {
    let source = """
      console.log(fs.readFile("a.txt"), fs.readFile("/etc/passwd"), fs.writeFile("b.txt", "x"), fs.listFiles(), fs.readFile("."))
      """
    #expect(try run(source) == "null null false [] null\n")
  }

  @Test func `the option and the variable name folders`() throws {
    let source = "console.log(fs.readFile('a.txt'), fs.listFiles().length)"
    #expect(try run(source, ["--sandbox", box]) == "kept 1\n")
    var variable = try process(source, [])
    variable.environment["CVM_SANDBOX_PATHS"] = "\(box):"
    #expect(try variable.run().output == "kept 1\n")
    var both = try process(source, ["--sandbox", scratch.path])
    both.environment["CVM_SANDBOX_PATHS"] = box
    #expect(try both.run().output == "null 1\n")
  }

  @Test func `the option stands on every form of the command line`() throws {
    let code = "console.log(fs.readFile('a.txt'))"
    #expect(try BuiltProgram.run(["--sandbox", box, "-e", code]).output == "kept\n")
    #expect(try BuiltProgram.run(["--sandbox", box], input: code + "\n").output.hasPrefix("kept\n"))
    #expect(try BuiltProgram.run(["--sandbox", box, "run", try scratch.write("p.js", code)]).output == "kept\n")
    let snapshot = scratch.path + "/s.cvmsnap"
    #expect(try BuiltProgram.run(["-e", "let x = 1", "-c", ":checkpoint \(snapshot)"]).ending == .exited(0))
    #expect(try BuiltProgram.run(["open", snapshot, "--sandbox", box, "-e", code]).output.hasSuffix("kept\n"))
  }

  @Test func `a folder that is not there ends with status 3`() throws {
    let outcome = try BuiltProgram.run(["--sandbox", box + "/missing", "-e", "1"])
    #expect(outcome.ending == .exited(3))
    #expect(outcome.errors.contains("missing"))
  }

  @Test func `files are written, listed and read`() throws {
    let source = """
      console.log(fs.writeFile("deep/er/b.txt", "text"), fs.readFile("deep/er/b.txt"))
      console.log(fs.listFiles(".", { recursive: true }).map(p => p.split("/").slice(-2).join("/")))
      console.log(fs.listFiles(".", { recursive: true, filter: "b*" }).length, fs.readFile(fs.listFiles()[0]))
      console.log(fs.listFiles()[0].startsWith("/"))
      """
    #expect(
      try run(source, ["--sandbox", box]) == """
        true text
        [ 'box/a.txt', 'er/b.txt' ]
        1 kept
        true

        """)
    #expect(try String(contentsOfFile: box + "/deep/er/b.txt", encoding: .utf8) == "text")
  }

  @Test func `standard input is the file with the name -`() throws {
    let source =
      "const text = fs.readFile('-'); console.log(text.length, text.split('\\n')[1], fs.readFile('-') === text)"
    #expect(try run(source, input: "one\ntwo\n") == "8 two true\n")
    #expect(try run("console.log(fs.readFile('-') === '')") == "true\n")
    let large = String(repeating: "0123456789\n", count: 300_000)
    #expect(try run("console.log(fs.readFile('-').length)", input: large) == "3300000\n")
  }

  @Test func `programs see their arguments`() throws {
    let source = "console.log(process.argv.length, process.argv.slice(2))"
    #expect(try run(source, ["--", "a", "--json", "-e", "b c", ""]) == "7 [ 'a', '--json', '-e', 'b c', '' ]\n")
    #expect(try run(source) == "2 []\n")
    let outcome = try BuiltProgram.run(["-e", "console.log(process.argv.length, typeof process)"])
    #expect(outcome.output == "0 object\n")
  }

  @Test func `main is called when the top level is done`() throws {
    #expect(try run("function main() { console.log('main', arguments.length) }\nconsole.log('top')") == "top\nmain 0\n")
    #expect(try run("function main() { console.log('main') }\nmain()") == "main\n")
    #expect(try run("console.log('top'); const main = () => console.log('arrow')") == "top\narrow\n")
    #expect(try run("let main = 1; console.log(main)") == "1\n")
    #expect(try run("function f() { main() } function main() { console.log('main') }") == "main\n")
    let outcome = try process("function main() {\n  null.x\n}", []).run()
    #expect(outcome.ending == .exited(1))
    #expect(outcome.errors.contains("program.js:2:8"))
  }

  @Test func `the result of main is the program's`() throws {
    let file = try scratch.write("main.js", "function main() { return { answer: 42 } }")
    #expect(try BuiltProgram.run(["run", file, "-e", "console.log(_.answer)"]).output == "42\n")
  }

  @Test func `the dialect is chosen by option and by the first line`() throws {
    let source = "console.log(typeof [])"
    #expect(try run(source, ["--dialect", "cvm1"]) == "array\n")
    #expect(try run("// @dialect cvm1\n" + source) == "array\n")
    #expect(try run("// @dialect js\n" + source, ["--dialect", "cvm1"]) == "object\n")
    #expect(try run("#!/usr/bin/env cvm-repl\n//  @dialect\tcvm1  \n" + source) == "array\n")
    #expect(try run("\n// @dialect cvm1\n" + source) == "object\n")
    #expect(try run("// @dialects cvm1\n" + source) == "object\n")
    #expect(try BuiltProgram.run(["--dialect", "cvm1", "-e", source]).output == "array\n")
    #expect(try BuiltProgram.run(["--dialect", "cvm2", "-e", source]).ending == .exited(2))
  }

  @Test func `the question after an error reaches who answers`() throws {
    let source = "// @dialect cvm1\nconst n = 0\nconsole.log(CC(10 / n))"
    #expect(try run(source, ["--answer", "skip it"]) == "skip it\n")
    let outcome = try process(source, []).run()
    #expect(outcome.ending == .exited(5))
    #expect(outcome.errors.contains("ERROR: Division by zero. How should I proceed?"))
  }
}
