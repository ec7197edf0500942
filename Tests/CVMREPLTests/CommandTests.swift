import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Commands: how they are found, what they answer, and that all of them keep the rules.
@Suite struct CommandTests {
  private static let names = CommandTable.specs.map(\.name)

  // MARK: Finding commands

  @Test func `a unique beginning is enough`() {
    let session = TestSession("let a = 1")
    #expect(session(":var").contains("a"))
    #expect(session(":dis (function () {})").contains("RETURN"))
  }

  @Test func `an ambiguous beginning lists the candidates`() {
    let session = TestSession()
    #expect(session.session.command(":he") == .usage)
    let errors = session.errors
    #expect(errors.contains(":help") && errors.contains(":heap"))
  }

  @Test func `a declared short form wins`() {
    let session = TestSession()
    #expect(session(":ch").contains("portable"))
    #expect(session(":h").contains(":refs"))
  }

  @Test func `an unknown command names the nearest`() {
    let session = TestSession()
    #expect(session.session.command(":refz 1") == .usage)
    #expect(session.errors.contains("Did you mean :refs ?"))
    #expect(session.session.command(":xyzzyx") == .usage)
    #expect(session.errors.contains(":help"))
  }

  @Test(arguments: [
    (":graf", ":graph"), (":help graf", ":graph"), (":watch x", ":until"), (":print", ":show"), (":exprot", ":export"),
  ])
  func `what people type instead of a command is understood`(line: String, meant: String) {
    let session = TestSession()
    session(line)
    #expect(session.errors.contains("Did you mean \(meant) ?"))
  }

  @Test func `an unknown option names the nearest and the usage`() {
    let session = TestSession()
    #expect(session.session.command(":heap --tpo 3") == .usage)
    let errors = session.errors
    #expect(errors.contains("did you mean --top ?"))
    #expect(errors.contains("Usage: :heap"))
  }

  @Test(arguments: [
    ":refs", ":show", ":disasm", ":load", ":quit now", ":heap --top", ":heap --top x", ":heap --by size",
  ])
  func `missing and wrong arguments are usage errors`(line: String) {
    let session = TestSession()
    #expect(session.session.command(line) == .usage)
    #expect(!session.errors.isEmpty)
    #expect(session.output == "")
  }

  // MARK: Objects as arguments

  @Test(arguments: [
    "1", "#1", "@1", "p", "pts[0]", "o.inner", "o[\"inner\"]", "m[[\"k\"]]", "$1", "(pts[1])", "({p}).p",
  ])
  func `an object is named by id, name, path, result or expression`(text: String) {
    let session = TestSession("let p = {x: 1}", "let pts = [p, p], o = {inner: p}, m = new Map([['k', p]])")
    let argument = text.hasPrefix("({") ? "(\(text))" : text
    #expect(session(":show \(argument)").hasPrefix("Object#1 "), "\(session.errors)")
  }

  @Test func `a name that is not there names the nearest`() {
    let session = TestSession("let points = []")
    #expect(session.session.command(":refs pionts") == .notFound)
    #expect(session.errors.contains("Did you mean points ?"))
    #expect(session.session.command(":refs points[3]") == .notFound)
    #expect(session.errors.contains("points[3]"))
  }

  @Test func `a primitive has no references`() {
    let session = TestSession("let n = 5")
    #expect(session.session.command(":refs n") == .usage)
    #expect(session.errors.contains("a value"))
  }

  // MARK: Rules for all

  @Test(arguments: names)
  func `the examples in the help run`(name: String) throws {
    let spec = try #require(CommandTable.specs.first { $0.name == name })
    #expect(!spec.examples.isEmpty)
    let scratch = try ScratchDirectory()
    let file = try scratch.write("program.js", "let loaded = [1]; function reload() { return loaded }\n")
    let script = try scratch.write("session.txt", "let sourced = 1\n:vars\n")
    let transcript = try scratch.write("lesson.md", "cvm> let a = 1\n$1 = 1\n")
    setenv("EDITOR", "echo 'let edited = 1' >", 1)
    for example in spec.examples {
      let session = TestSession("let p = {x: 1, y: 2, next: {x: 2}}")
      let saved = scratch.path + "/saved.cvmsnap"
      for statement in example.setup {
        session(statement.replacing("saved.cvmsnap", with: saved).replacing("program.js", with: file))
      }
      let line = example.line.replacingOccurrences(of: "program.js", with: file)
        .replacingOccurrences(of: "session.txt", with: script).replacingOccurrences(of: "saved.cvmsnap", with: saved)
        .replacingOccurrences(of: "lesson.md", with: transcript)
        .replacingOccurrences(of: "lesson.html", with: scratch.path + "/lesson.html")
        .replacingOccurrences(of: "lesson.cvms", with: scratch.path + "/lesson.cvms")
        .replacingOccurrences(of: ":export ", with: ":export \(scratch.path)/")
      #expect(session.session.command(line) == .done, "\(example.line): \(session.errors)")
    }
  }

  @Test(arguments: names)
  func `every command has a page, and answers with one JSON object that names it`(name: String) throws {
    let spec = try #require(CommandTable.specs.first { $0.name == name })
    #expect(TestSession()(":help \(name)").contains(spec.summary))
    let scratch = try ScratchDirectory()
    let file = try scratch.write("program.js", "let loaded = [1]; function reload() { return loaded }\n")
    let transcript = try scratch.write("lesson.md", "cvm> let a = 1\n$1 = 1\n")
    let session = TestSession("let p = {x: 1, y: 2, next: {x: 2}}", "function inc(n) { return n + 1 }")
    setenv("EDITOR", "echo 'let edited = 1' >", 1)
    let setup = [
      "upgrade": ":load \(file)", "redo": ":undo", "failed": "p.x++; null.x", "answer": "CC('?')", "abort": "CC('?')",
      "pause": "CC('?')",
      "restore": ":checkpoint", "open": ":checkpoint \(scratch.path)/saved.cvmsnap", "switch": ":fork idea",
      "next": "debugger; 1", "finish": "(() => { debugger; return 1 })()", "continue": "debugger; 1",
      "until": "debugger; 1", "back": "var m = 1; debugger; 1", "back-until": "var m = 1; debugger; 1",
      "locals": "((n) => { debugger; return n })(1)", "bt": "debugger; 1",
    ]
    if let line = setup[name] { session(line) }
    let arguments = [
      "load": file, "source": file, "upgrade": file, "save": scratch.path + "/saved.txt", "refs": "p", "show": "p",
      "disasm": "inc",
      "graph": "p", "same": "p p.next", "type": "p", "time": "inc(1)", "bench": "--runs 3 inc(1)",
      "goto": "1", "answer": "yes", "restore": "c1", "fork": "idea", "switch": "main",
      "step": "inc(1)", "break": "inc", "until": "p.x == 0", "back-until": "p.x == 1",
      "open": scratch.path + "/saved.cvmsnap", "path": "p", "retained": "p", "without": "Object", "cut": "p",
      "export": scratch.path + "/heap.heapsnapshot", "shallow": "p", "deep": "p",
      "transcript": scratch.path + "/notes.md", "doctest": transcript,
    ]
    let object = try session.json(":\(name)", argument: arguments[name] ?? "")
    #expect(object["v"] as? Int == 1)
    #expect(object["cmd"] as? String == name)
  }

  @Test func `no line is wider than the terminal`() throws {
    let setup = """
      let words = ['a'.repeat(300), {deep: {deeper: {deepest: ['x'.repeat(90)]}}}];
      let aVeryLongVariableNameThatNobodyWouldTypeTwiceButSomebodyDoesTypeOnceInAWhile = {words, self: null};
      class AClassWithAnUnreasonablyLongNameThatGoesOnAndOnAndOnUntilTheEndOfTheLineIsReached { constructor() { this.w = words } };
      let instances = [new AClassWithAnUnreasonablyLongNameThatGoesOnAndOnAndOnUntilTheEndOfTheLineIsReached()];
      function aFunctionWithManyOperands(first, second, third) { return `${first}${second}${third} ${words[1].deep.deeper}` }
      let m = new Map([['key'.repeat(40), instances], [instances, words]]);
      """
    for width in [80, 100] {
      let session = TestSession { $0.width = width }
      session(setup)
      for name in Self.names
      where !["quit", "load", "source", "save", "edit", "reset", "bench", "history", "transcript"].contains(name) {
        for command in [
          ":\(name)", ":help \(name)", ":\(name) words", ":\(name) instances[0]", ":\(name) m", ":\(name) --expert",
          ":\(name) aFunctionWithManyOperands", ":\(name) words --expert",
        ] {
          for line in session.lines(command) { #expect(line.count <= width, "\(command): \(line)") }
        }
      }
    }
  }

  @Test func `with JSON on, results leave standard output to the answers`() {
    let session = TestSession { $0.isJSON = true }
    #expect(session("[1]") == "")
    #expect(session.errors.contains("[1]"))
    #expect(session(":vars").hasPrefix("{\"v\":1,\"cmd\":\"vars\""))
  }

  // MARK: Single commands

  @Test func `refs says which statement made the object`() {
    let session = TestSession("1", "let p = {x: 1}")
    #expect(session(":refs p").contains("made by [2] let p = {x: 1}"))
  }

  @Test func `heap draws a small heap and lists a large one by class`() throws {
    let session = TestSession("let p = {x: 1, y: 2}", "let pts = [p, p]")
    let drawing = session(":heap")
    #expect(drawing.contains("2 objects made by you"))
    #expect(drawing.contains("pts[0], pts[1] and p are ONE object"))
    session(
      "class Node { constructor(v) { this.v = v } }; let list = []; for (let i = 0; i < 500; i++) list.push(new Node(i))"
    )
    let table = session(":heap")
    #expect(table.contains("Node"))
    let rows = try session.json(":heap")["rows"] as? [[String: Any]] ?? []
    #expect(rows.first { $0["class"] as? String == "Node" }?["n"] as? Int == 500)
  }

  @Test func `classes are named by constructor, or by properties`() throws {
    let session = TestSession(
      "class Point { constructor() { this.x = 1 } }",
      "function Old() {}; let all = [new Point(), new Old(), {id: 1, name: 'n'}, new Map(), [1], () => 1, new TypeError('x')]"
    )
    let rows = try session.json(":heap --top 100")["rows"] as? [[String: Any]] ?? []
    let classes = Set(rows.compactMap { $0["class"] as? String })
    for name in ["Point", "Old", "{id, name}", "Map", "Array", "closure", "TypeError", "class Point", "closure Old"] {
      #expect(classes.contains(name), "\(name) is missing in \(classes.sorted())")
    }
  }

  @Test func `vars lists names, kinds and values`() {
    let session = TestSession("var a = 1", "let b = [2]", "const c = 'x'", "function f() {}", "_")
    let lines = session.lines(":vars")
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix("let") && lines[1].hasSuffix("Array#1"))
  }

  @Test func `load runs a file on the live heap`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession("let start = 40")
    let file = try scratch.write("more.ts", "const sum: number = start + 2;\nconsole.log('sum', sum);\n")
    #expect(session(":load \(file)").hasPrefix("sum 42\nloaded "))
    #expect(session("sum").contains("42"))
    #expect(session.session.command(":load \(scratch.path)/none.js") == .notFound)
    #expect(session.errors.contains("none.js"))
  }

  @Test func `load calls main, unless the file does or it is told not to`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession()
    let file = try scratch.write("p.js", "function main() { console.log('main'); return 5 }\nconsole.log('top');\n")
    #expect(session(":load \(file)").hasPrefix("top\nmain\nloaded "))
    #expect(session("_") == "$1 = 5\n")
    #expect(session(":load --no-main \(file)").hasPrefix("top\nloaded "))
    let calling = try scratch.write("q.js", "function main() { console.log('main') }\nmain();\n")
    #expect(session(":load \(calling)").hasPrefix("main\nloaded "))
  }

  @Test func `source shows the text of a function where there is no file of that name`() throws {
    let session = TestSession("function twice(n) {\n  return 2 * n\n}", "class Point {}", "let o = {f() {}}")
    #expect(session(":source twice") == "function twice(n) {\n  return 2 * n\n}\n")
    #expect(session(":source Point") == "class Point {}\n")
    #expect(session(":source o.f") == "f() {}\n")
    #expect(session.session.command(":source Math.max") == .notFound)
  }

  @Test(arguments: [
    ("setTimeout(() => 1, 5)", "no timers"), ("require('fs')", "no modules"), ("document.title", "no web page"),
    ("CC()", "one prompt: CC("), ("CC('a', 'b')", "one prompt: CC("),
  ]) func `names of other machines are answered with what is here`(code: String, hint: String) {
    let session = TestSession(code)
    #expect(session.errors.contains(hint))
  }

  @Test func `a file and a pipe get all rows in each form, unless fewer are asked for`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession("class N {}; let all = Array.from({length: 50}, () => new N())")
    for form in ["", "--csv", "--jsonl", "--json"] {
      session(":find N \(form) > \(scratch.path)/whole.txt")
      #expect(!session.errors.contains("rows"))
      let text = try String(contentsOfFile: scratch.path + "/whole.txt", encoding: .utf8)
      #expect(text.components(separatedBy: "N {}").count == 51, "\(text)")
      #expect(!session(":find N \(form) --top 3 | cat").contains("#10"))
    }
    #expect(session(":find N | grep -c 'N {}'") == "50\n")
    #expect(session(":find N | grep -c -- --") == "0\n")
    #expect(session.lines(":find N").last == "-- 20 of 50 rows (--all)")
  }

  @Test func `options may stand behind the code of a question`() {
    let session = TestSession(
      "class N { constructor(i) { this.i = i } }; let all = Array.from({length: 9}, (_, i) => new N(i))")
    for question in ["n => n.i > 1", "(n => n.i > 1)", "n => n.i-- > 1"] {
      let lines = session.lines(":find N where \(question) --top 2 --csv")
      #expect(lines.count == 3, "\(question)")
    }
    #expect(session(":find N where (n => n.i > 1) --top 2 --csv | wc -l").trimmingCharacters(in: .whitespaces) == "3\n")
    #expect(session.session.command(":find N where n => n.i > 1 --tpo 2") == .usage)
    #expect(session.errors.contains("did you mean --top ?"))
    #expect(session.session.command(":find N where n => n.i > 1 --top 2 n.x") == .usage)
    #expect(session(":time all.length --json").contains("\"cmd\":\"time\""))
    session("let i = 5")
    session(":time i --j")
    #expect(session.errors.contains("SyntaxError"))
    #expect(session(":type (i --all)").isEmpty)
  }

  @Test func `checkpoint writes a shared object once, and the inline encoding each time`() throws {
    let session = TestSession("let text = 'x'.repeat(1000)", "let once = {text}")
    let before = try session.json(":checkpoint")
    session("let many = []; for (let i = 0; i < 100; i++) many.push(once)")
    let after = try session.json(":checkpoint")
    let portable = try #require(before["portable"] as? Int)
    #expect(try #require(after["portable"] as? Int) < portable + 1000)
    let inline = try #require(before["inline"] as? Int)
    #expect(try #require(after["inline"] as? Int) > inline + 100_000)
  }

  @Test func `checkpoint names a cycle`() throws {
    let session = TestSession("let a = {}", "a.self = a")
    let answer = try session.json(":checkpoint")
    #expect(answer["inline"] as? String == "endless")
    #expect((answer["cycle"] as? String)?.contains("a.self") == true)
  }

  @Test func `disasm shows a function's instructions with lines and captures`() {
    let session = TestSession("let make = () => { let count = 0; return function inc(n) { count += n; return count } }")
    session("let inc = make()")
    let text = session(":disasm inc")
    #expect(text.contains("inc(n)"))
    #expect(text.contains("captures `count`"))
    #expect(text.contains("RETURN"))
    #expect(session.session.command(":disasm console.log") == .usage)
  }
}
