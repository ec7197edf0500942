import CVMTestSupport
import Testing

@testable import CVMREPL

/// Sessions read line by line.
@Suite struct PipedSessionTests {
  @Test func `statements may span lines`() throws {
    let outcome = try pipe("function f(x) {\n  return x * 2\n}\nf(\n21)\n`a\nb`\n")
    #expect(outcome.lines.contains("$2 = 42"))
    #expect(outcome.lines.contains("$3 = 'a\\nb'"))
    #expect(outcome.status == .done)
  }

  @Test func `there is no prompt and no banner`() throws {
    #expect(try pipe("1\n").output == "$1 = 1\n")
  }

  @Test func `the last line needs no line feed`() throws {
    #expect(try pipe("1 + 2").output == "$1 = 3\n")
  }

  @Test func `comments and empty lines are no statements`() throws {
    #expect(try pipe("\n// note\n/* more\n lines */\n   \n7\n").output == "$1 = 7\n")
  }

  @Test func `the status is that of the last failure`() throws {
    #expect(try pipe("null.x\n1\n").status == .error)
    #expect(try pipe("null.x\n:refs 99\n1\n").status == .notFound)
    #expect(try pipe(":nope\n").status == .usage)
  }

  @Test func `an unfinished statement at the end is a syntax error`() throws {
    let outcome = try pipe("let a = [1,\n")
    #expect(outcome.errors.contains("SyntaxError"))
    #expect(outcome.status == .error)
  }

  @Test func `quit ends the session`() throws {
    #expect(try pipe("1\n:quit\n2\n").output == "$1 = 1\n")
    #expect(try pipe("1\nexit\n2\n").output == "$1 = 1\n")
  }

  @Test func `bare words and commands of Node work, with a hint said once`() throws {
    let outcome = try pipe("help\n.help\nhelp\n")
    #expect(outcome.output.contains(":refs OBJECT"))
    #expect(outcome.errors.split(separator: "\n").count == 2)
    let taken = try pipe("let help = 5\nhelp\n")
    #expect(taken.lines.contains("$2 = 5"))
  }

  @Test func `Node's commands do what they do there`() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/saved.js"
    let outcome = try pipe("let a = 1\n.save \(file)\n.clear\ntypeof a\n.load \(file)\na\n.break\n.exit\n9\n")
    #expect(outcome.lines.contains("$1 = 'undefined'"))
    #expect(outcome.lines.last == "$2 = 1")
    #expect(try pipe("function f() {\n  oops\n.break\n1 + 1\n").output == "$1 = 2\n")
    #expect(try pipe(".5 + .5\n").output == "$1 = 1\n")
  }

  @Test func `the file for the start of a session runs with its failures told and nothing shown`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession()
    let file = try scratch.write(
      "init", "// mine\n:set lines 5\nfunction twice(x) {\n  return 2 * x\n}\n:nope\n1 + 1\n")
    _ = try CommandScript(path: file).run(in: session.session, showsResults: false)
    #expect(session.session.options.resultLines == 5)
    #expect(session.output == "lines is 5\n")
    #expect(session.errors.contains("init:6"))
    #expect(session("twice(21)") == "$1 = 42\n")
  }

  @Test func `remarks may stand in the file for the start of a session`() throws {
    let scratch = try ScratchDirectory()
    let file = try scratch.write("init", "#!/usr/bin/env cvm-repl\n# my settings\n#\nlet kept = 1\n")
    let outcome = try pipe(":source \(file)\nkept")
    #expect(outcome.errors == "")
    #expect(outcome.output.hasSuffix("= 1\n"))
  }

  @Test(arguments: [
    ("help refs", ":refs OBJECT"), ("help :refs", ":refs OBJECT"), ("help()", "Type JavaScript"), ("exit()", ""),
    ("quit();", ""),
  ])
  func `commands without a colon that can be nothing else are understood`(line: String, beginning: String) throws {
    let outcome = try pipe("\(line)\n'after'")
    #expect(outcome.output.hasPrefix(beginning))
    #expect(outcome.errors.contains("Commands begin with a colon: :"))
    #expect(outcome.output.contains("after") == !beginning.isEmpty)
  }

  @Test(arguments: [("clear", "Ctrl-L"), ("exit(1)", ":quit"), ("Promise.all([])", "CC(")])
  func `names of other prompts are answered with what is here`(line: String, hint: String) throws {
    #expect(try pipe(line).errors.contains(hint))
  }

  @Test(arguments: [
    ("retrun 5", "return"), ("fucntion f() {}", "function"), ("cosnt a = 1", "const"), ("swtich (1) {}", "switch"),
  ])
  func `a misspelt keyword is guessed`(line: String, keyword: String) throws {
    #expect(try pipe(line).errors.contains("Did you mean \(keyword) ?"))
  }

  @Test(arguments: ["a b", "1 1", "let 5", "x.forEach y"])
  func `where no keyword is near none is guessed`(line: String) throws {
    #expect(try !pipe(line).errors.contains("Did you mean"))
  }

  @Test func `a thrown value is shown as a result is`() throws {
    #expect(try pipe("throw {a: 1}").errors.hasPrefix("Uncaught {a: 1}   Object#1\n"))
  }

  @Test func `a name with a question mark shows it`() throws {
    let outcome = try pipe("let p = {x: 1}\np?\n#1?\n")
    #expect(outcome.lines.filter { $0.hasPrefix("Object#1") }.count == 2)
  }

  @Test func `prompts in pasted text are ignored`() throws {
    #expect(try pipe("cvm> let f = (x) => {\n  ... return x }\ncvm> f(4)\n").lines.last == "$2 = 4")
  }

  @Test func `a line that is too long is refused without reading it into memory`() throws {
    let line = [UInt8](repeating: UInt8(ascii: "a"), count: REPL.statementLimit + 10)
    let outcome = try pipe(line + Array("\n1 + 1\n".utf8))
    #expect(outcome.errors.contains("\(REPL.statementLimit + 10) bytes"))
    #expect(outcome.output == "$1 = 2\n")
  }

  @Test func `a long name is not repeated in full in an error`() throws {
    let outcome = try pipe(String(repeating: "n", count: 100_000) + "\n")
    #expect(outcome.errors.contains("ReferenceError"))
    #expect(outcome.errors.utf8.count < 5000)
  }

  @Test func `bytes that are no text are answered`() throws {
    let outcome = try pipe([0xFF, 0xFE, 0x00, 0x80, 0x0A] + Array("'alive'\n".utf8))
    #expect(outcome.errors.contains("SyntaxError"))
    #expect(outcome.output.contains("'alive'"))
  }
}
