import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Where the answers of commands go, and in which form.
@Suite struct OutputTests {
  private static let tables = CommandTable.specs.filter { $0.table != nil }.map(\.name)

  private func contents(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  // MARK: Files and pipes

  @Test func `an answer goes into a file, and behind what is there`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession("let a = 1")
    let file = scratch.path + "/vars.txt"
    #expect(session(":vars > \(file)") == "")
    #expect(session.errors.contains("vars.txt: "))
    #expect(try contents(file).hasPrefix("let"))
    session("let b = 2")
    session(":vars >> \(file)")
    #expect(try contents(file).split(separator: "\n").count == 3)
    session(":vars >\"\(scratch.path)/two words.csv\" --csv")
    #expect(try contents(scratch.path + "/two words.csv").hasPrefix("kind,name"))
  }

  @Test func `an answer is read by a shell command`() {
    let session = TestSession("let apple = 1, pear = 2")
    #expect(session(":vars | grep pear | wc -l").trimmingCharacters(in: .whitespaces) == "1\n")
    #expect(session(":vars|sort -r").split(separator: "\n").first?.contains("pear") == true)
    #expect(session.session.command(":vars | true") == .done)
  }

  @Test func `a shell command that fails or reads little does no harm`() {
    let session = TestSession("let all = Array.from({length: 5000}, (_, i) => ({i}))")
    #expect(session.session.command(":show all --all | false") == .error)
    #expect(session(":show all --all | head -1").hasPrefix("Array#"))
    #expect(session("1 + 1").contains("2"))
  }

  @Test func `a file that cannot be written is named with the reason`() {
    let session = TestSession("let a = 1")
    #expect(session.session.command(":vars > /nonexistent/x") == .notFound)
    #expect(session.errors.contains("/nonexistent/x: No such file or directory"))
    #expect(session.session.command(":vars > /dev/full") == .error)
    #expect(session.errors.contains("No space left on device"))
    #expect(session.session.command(":vars >") == .usage)
    #expect(session.session.command(":vars |") == .usage)
  }

  @Test(arguments: [
    (":show o['a > b']", ":show o['a > b']", nil as Redirection?),
    (":refs (a > b)", ":refs (a > b)", nil),
    (":heap | less -R", ":heap ", .pipe(command: "less -R")),
    (":heap > a b", ":heap  b", .file(path: "a", appends: false)),
    (":heap>>a", ":heap", .file(path: "a", appends: true)),
  ])
  func `brackets and quotes keep signs from being redirections`(
    line: String, text: String, redirection: Redirection?
  ) throws {
    let split = try Redirection.split(line[...], of: VarsCommand.spec)
    #expect(split.text == text)
    #expect(split.redirection == redirection)
  }

  @Test(arguments: [
    ("a > b", "a > b", nil as Redirection?),
    ("n | 0", "n | 0", nil),
    ("(a > b) > out", "(a > b) ", .file(path: "out", appends: false)),
    ("--top 3 (x => x) | head", "--top 3 (x => x) ", .pipe(command: "head")),
    ("(a) + (b) > c", "(a) + (b) > c", nil),
  ])
  func `behind code a redirection needs parentheses around the code`(
    line: String, text: String, redirection: Redirection?
  ) throws {
    let split = try Redirection.split(
      line[...],
      of: CommandSpec(name: "time", category: .run, kind: .code, rule: .required, table: .init(["a"]), summary: ""))
    #expect(split.text == text)
    #expect(split.redirection == redirection)
  }

  // MARK: Tables

  @Test(arguments: tables)
  func `every table can be cut, sorted by each of its columns, and given to programs`(name: String) throws {
    let session = TestSession(
      "class Node { constructor(n) { this.n = n } }",
      "let list = [new Node(1), new Node(2), [3]], text = 'x', plain = {n: 1}",
      "list.self = list; text = 'y'")
    let scratch = try ScratchDirectory()
    session.session.options.stateFolder = scratch.path
    let left = TestSession { $0.stateFolder = scratch.path }
    left.session.keepsJournal = true
    for _ in 0..<2 {
      left("let left = 1")
      left.session.noteInJournal()
      left(":reset")
    }
    session(":fork idea")
    session("list.push(4)")
    if ["break", "locals", "bt"].contains(name) {
      session("function f(n, m) { debugger; return n + m }")
      for _ in 0..<2 { session(":break f") }
      session("f(1, 2)")
    }
    let spec = try #require(CommandTable.specs.first { $0.name == name })
    let wrong = try scratch.write("wrong.md", "cvm> 1\n2\ncvm> 2\n3\n")
    let program = try scratch.write("program.js", "function f() {}\nfunction g() {}\n")
    if name == "upgrade" { session(":load \(program)") }
    let arguments = [
      "upgrade": " " + program,
      "without": " Array", "path": " list[0]", "strings": " *", "leaks": " --share 1", "doctest": " \(wrong)",
    ]
    let argument = arguments[name] ?? (spec.rule == .required ? " list" : "")
    let all = session(":\(name)\(argument) --csv").split(separator: "\n").count - 1
    #expect(all >= 2)
    #expect(session(":\(name)\(argument) --csv --top 1").split(separator: "\n").count == 2)
    for column in try #require(spec.table).columns {
      let status = session.session.command(":\(name)\(argument) --by \(column) --csv")
      // A difference is a failure.
      #expect(status == (name == "doctest" ? .error : .done), "\(session.errors)")
    }
    #expect(session.session.command(":\(name)\(argument) --by nonsense") == .usage)
    #expect(session.errors.contains("needs one of"))
    let lines = session(":\(name)\(argument) --jsonl --top 2").split(separator: "\n")
    for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    #expect(!lines.isEmpty && lines.count <= 2)
    #expect(session.session.command(":\(name)\(argument) --csv --json") == .usage)
  }

  @Test func `figures sort from large to small, and names in their order`() {
    let session = TestSession("let b = 1, c = 2, a = 3")
    let names = session(":vars --by name --csv").split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
    #expect(names == ["a", "b", "c"])
  }

  // MARK: Help

  @Test func `help finds commands about a word`() {
    let session = TestSession()
    let found = session(":help garbage")
    #expect(found.contains(":gc") && !found.contains(":vars"))
    #expect(session.session.command(":help xyzzyx") == .usage)
    #expect(session(":help .load").contains(":load FILE"))
    #expect(session(":help row").contains("`row 3`"))
    #expect(session(":help keys").contains("Ctrl-R"))
    #expect(session(":help suggestion").contains(":help keys"))
  }

  @Test func `the page of a command names all its options`() {
    let session = TestSession()
    for spec in CommandTable.specs {
      let page = session(":help \(spec.name)")
      for option in spec.allOptions { #expect(page.contains("--" + option.name), "\(spec.name)") }
    }
  }
}
