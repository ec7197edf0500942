import CVMTestSupport
import Testing

/// What the heap promises about references, ids, counts and collection, asked through the session's own commands.
///
/// Names and values in programs are the subject of `Tests/Language/references`.
@Suite(.enabled(if: BuiltProgram.runsPrograms, "cvm-repl does not run programs yet"))
struct HeapContractTests {
  /// The output of the last command after the statements.
  private func ask(_ command: String, after statements: String...) throws -> Subprocess.Outcome {
    try BuiltProgram.run(statements.flatMap { ["-e", $0] } + ["-c", command])
  }

  // MARK: - Ids

  @Test(arguments: [("a", "#1"), ("b", "#2"), ("c", "#3"), ("b.inner", "#4")])
  func `allocation gives the ids 1, 2, 3 in order`(name: String, id: String) throws {
    let outcome = try ask(
      ":refs \(name) --no-repl", after: "let a = []", "let b = {}", "let c = () => a", "b.inner = [1]")
    #expect(outcome.ending == .exited(0), "\(outcome.errors)")
    #expect(outcome.outputLines.first?.hasPrefix(id + " ") == true, "\(outcome.output)")
  }

  @Test func `an id is never given again`() throws {
    let outcome = try BuiltProgram.run(
      ["-e", "let a = {}; a = null", "-c", ":gc", "-e", "let b = {}", "-c", ":refs b --no-repl"])
    #expect(outcome.output.contains("#2 "))
    #expect(!outcome.output.contains("#1 "))
  }

  @Test(arguments: ["999", "#999", "@999"])
  func `an id that does not exist is an invalid heap reference`(id: String) throws {
    let outcome = try ask(":refs \(id)", after: "let a = []")
    #expect(outcome.ending == .exited(3))
    #expect(outcome.errors.contains("Invalid heap reference: 999"))
  }

  @Test func `heap of an id is the object itself`() throws {
    let outcome = try BuiltProgram.run([
      "-e", "let a = [1]", "-e", "heap(1).push(2)", "-e", "console.log(a, heap(1) === a)",
    ])
    #expect(outcome.outputLines.last == "[ 1, 2 ] true")
  }

  @Test func `heap of a missing id is an error in the program`() throws {
    let outcome = try BuiltProgram.run(["-e", "heap(999)"])
    #expect(outcome.ending == .exited(1))
    #expect(outcome.errors.contains("Invalid heap reference: 999"))
  }

  // MARK: - Kinds

  @Test(arguments: [("[1]", "Array"), ("{ x: 1 }", "Object"), ("new Map()", "Map"), ("new Set()", "Set")])
  func `references to arrays and to objects are told apart`(expression: String, kind: String) throws {
    let outcome = try ask(":refs v --no-repl", after: "let v = \(expression)")
    #expect(outcome.outputLines.first?.contains("#1 \(kind)") == true, "\(outcome.output)")
  }

  @Test(arguments: ["1", "'text'", "null", "undefined", "true"])
  func `primitives have no identity`(value: String) throws {
    let outcome = try ask(":refs v", after: "let v = \(value)")
    #expect(outcome.ending != .exited(0))
    #expect(!outcome.errors.isEmpty)
  }

  // MARK: - Reference counts

  @Test(
    arguments: [
      ([], 1), (["let p = o"], 2), (["let p = o", "let l = [o, o]"], 4), (["let p = o", "p = null"], 1),
      (["let l = [o]", "l.pop()"], 1), (["let h = { o }", "delete h.o"], 1), (["let f = () => o"], 1),
      (["let m = new Map([[o, o]])"], 3), (["let s = new Set([o])"], 2), (["o.self = o"], 2),
      (["let l = [o, o, o]", "l.length = 1"], 2), (["function g() { let x = o; return () => x }", "let k = g()"], 2),
    ] as [([String], Int)])
  func `reference counts rise and fall with assignments`(statements: [String], count: Int) throws {
    var arguments = ["-e", "let o = { it: 1 }"]
    for statement in statements { arguments += ["-e", statement] }
    let outcome = try BuiltProgram.run(arguments + ["-c", ":refs 1 --no-repl"])
    #expect(outcome.output.contains("held by \(count) reference"), "\(outcome.output)\(outcome.errors)")
  }

  @Test func `each holder is named with its slot`() throws {
    let outcome = try ask(":refs 1 --no-repl", after: "let p = { x: 1 }", "let pts = [p, p]", "let deep = { inner: p }")
    for holder in ["p", "pts", "[0]", "[1]", ".inner"] {
      #expect(outcome.output.contains(holder), "\(outcome.output)")
    }
  }

  // MARK: - Collection

  @Test(arguments: [
    "let o = {}; o = null", "let a = {}, b = { a }; a.b = b; a = b = null", "let o = {}; o.self = o; o = null",
    "{ let inner = [] }", "(() => { const l = [1]; l.push(l); })()", "let m = new Map(); m.set(m, m); m = null",
  ])
  func `what is unreachable is collected, cycles too`(statement: String) throws {
    let outcome = try BuiltProgram.run(["-e", statement, "-e", "0", "-c", ":gc --no-repl", "-c", ":refs 1 --no-repl"])
    #expect(outcome.ending == .exited(3), "\(outcome.output)")
    #expect(outcome.errors.contains("Invalid heap reference: 1"))
  }

  @Test func `what is reachable is kept`() throws {
    let outcome = try BuiltProgram.run(
      ["-e", "let keep = { list: [1, { deep: true }] }", "-c", ":gc", "-e", "console.log(keep)"])
    #expect(outcome.outputLines.last == "{ list: [ 1, { deep: true } ] }")
  }

  // MARK: - Instructions

  @Test(arguments: [
    ("() => []", "ARRAY_NEW"), ("(a) => a[0]", "ARRAY_GET"), ("(a) => { a[0] = 1 }", "ARRAY_SET"),
    ("(a) => a.length", "ARRAY_LEN"), ("() => ({ x: 1 })", "OBJECT_CREATE"), ("(o) => o.x", "PROPERTY_GET"),
    ("(o) => { o.x = 1 }", "PROPERTY_SET"), ("(o) => delete o.x", "PROPERTY_DELETE"), ("(a, b) => a == b", "EQ"),
    ("(a, b) => a != b", "NEQ"), ("(a, b) => a === b", "STRICT_EQ"), ("(a, b) => a !== b", "STRICT_NEQ"),
    ("(a) => typeof a", "TYPEOF"), ("() => CC('question')", "CC"), ("(a) => [...a, 1]", "ARRAY_"),
  ])
  func `the disassembly uses the known names`(function: String, name: String) throws {
    let outcome = try ask(":disasm f", after: "let f = \(function)")
    #expect(outcome.ending == .exited(0), "\(outcome.errors)")
    #expect(outcome.output.contains(name), "\(outcome.output)")
  }
}
