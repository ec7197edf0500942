import Testing

@testable import CVMREPL

/// What a program and its user may rely on about objects, references and ids.
@Suite struct HeapContractTests {
  // MARK: Kinds of values

  @Test func `a fresh heap holds nothing of the program's, not even garbage`() {
    let session = TestSession()
    #expect(!session(":heap").contains("#"))
    #expect(session(":gc").contains("garbage 0"))
  }

  @Test func `the keys of an object with very many properties are held by it`() {
    let session = TestSession(
      "const o = {}; for (let i = 0; i < 6000; i++) { o['a key, ' + i] = i; o[Symbol('s')] = i }")
    session(":gc")
    #expect(!session(":heap --expert").contains("garbage"))
    #expect(session.lines(":heap --expert").contains { $0.contains("(symbol)") })
    #expect(!session(":strings").hasPrefix("1 string,"))
    session("Object.keys(o).forEach(key => delete o[key])")
    session(":gc")
    // The description of the symbols.
    #expect(session(":strings").hasPrefix("1 string,"))
  }

  @Test func `references to arrays, references to objects and primitives are told apart`() {
    let session = TestSession("let a = [1], o = {x: 1}, n = 5, s = 'text'")
    let lines = session.lines(":vars")
    #expect(lines.contains { $0.contains("a") && $0.hasSuffix("Array#1") })
    #expect(lines.contains { $0.contains("o") && $0.hasSuffix("Object#2") })
    #expect(lines.contains { $0.hasSuffix("5") })
    #expect(lines.contains { $0.hasSuffix("'text'") })
  }

  @Test func `typeof of a reference is object`() {
    let session = TestSession("let a = [], o = {}")
    #expect(session("typeof a").contains("'object'"))
    #expect(session("typeof o").contains("'object'"))
    #expect(session("typeof 1").contains("'number'"))
  }

  @Test func `=== compares references`() {
    let session = TestSession("let a = [1], b = a, c = [1]")
    #expect(session("a === b").contains("true"))
    #expect(session("a === c").contains("false"))
    #expect(session("a !== c").contains("true"))
  }

  // MARK: Ids

  @Test func `objects are numbered from 1 in the order of their creation`() {
    let session = TestSession()
    #expect(session("[1, 2, 3]").hasSuffix("Array#1\n"))
    #expect(session("({x: 1})").hasSuffix("Object#2\n"))
    #expect(session("[[], {}]").hasSuffix("Array#5\n"))
    #expect(session("({})").hasSuffix("Object#6\n"))
  }

  @Test func `looking at objects takes no ids`() {
    let session = TestSession("let a = [1]")
    for command in [":heap", ":refs a", ":show a", ":vars", ":checkpoint", ":gc"] { session(command) }
    #expect(session("[]").hasSuffix("Array#2\n"))
  }

  @Test func `ids are not used again after a collection`() {
    let session = TestSession("let a = [1]", "a = null")
    session(":gc --no-repl")
    #expect(session("[]").hasSuffix("Array#2\n"))
  }

  @Test(arguments: ["heap(999)", ":refs 999", ":show #999", ":refs @999"])
  func `an id that does not exist is an invalid heap reference`(line: String) {
    let session = TestSession("let a = [1]")
    #expect(session(line) == "")
    #expect(session.errors.contains("Invalid heap reference: 999"))
  }

  @Test func `an invalid heap reference is found before the statement runs`() {
    let session = TestSession()
    session("console.log('ran'); heap(999)")
    #expect(session.output == "")
  }

  @Test func `an invalid heap reference is an uncaught error that says which there are`() {
    let session = TestSession("let a = [1]")
    session("1 + heap(99999)")
    #expect(
      session.errors == """
        Uncaught RangeError: Invalid heap reference: 99999
        [2]:1:5
          1 + heap(99999)
              ^^^^^^^^^^^
          The newest object is #1; :find lists them.

        """)
    session("a = null; 0")
    session(":gc --no-repl")
    session("heap(1)")
    #expect(session.errors.hasSuffix("  Nothing holds #1 any more; :find lists the objects that there are.\n"))
  }

  @Test func `heap gives the object with an id`() {
    let session = TestSession("let a = [1, 2]")
    #expect(session("heap(1) === a").contains("true"))
    #expect(session("let id = 1; heap(id) === a").contains("true"))
    session("heap(77 + 1)")
    #expect(session.errors.contains("RangeError: Invalid heap reference: 78"))
  }

  // MARK: Arrays and objects through references

  @Test func `arrays are created, pushed to, read, written and measured through a reference`() {
    let session = TestSession("let a = [1, 2]")
    #expect(session("a.push(3)").contains("3"))
    #expect(session("a[2]").contains("3"))
    session("a[0] = 10")
    #expect(session("a").contains("[10, 2, 3]"))
    #expect(session("a.length").contains("3"))
  }

  @Test func `properties are created, read, written and deleted through a reference`() {
    let session = TestSession("let o = {x: 1}")
    session("o.y = 2")
    #expect(session("o.y").contains("2"))
    session("o.x = 5")
    #expect(session("o").contains("{x: 5, y: 2}"))
    #expect(session("delete o.x").contains("true"))
    #expect(session("o").contains("{y: 2}"))
    #expect(session("o.x === undefined").contains("true"))
  }

  @Test func `a copy of a reference is the same array`() {
    let session = TestSession("let a = [1, 2, 3]", "let b = a", "a.push(4)")
    #expect(session("b").contains("[1, 2, 3, 4]"))
    #expect(session("b").hasSuffix("Array#1\n"))
  }

  @Test func `two equal literals are two objects`() {
    let session = TestSession("let a = [1]", "let b = [1]", "a.push(2)")
    #expect(session("b").contains("[1]"))
    #expect(session("b").hasSuffix("Array#2\n"))
  }

  @Test func `a property and a variable can hold the same array`() {
    let session = TestSession("let o = {arr: [1]}", "let r = o.arr", "r.push(4)")
    #expect(session("o.arr").contains("[1, 4]"))
  }

  // MARK: Reference counts

  @Test func `reference counts rise and fall with assignments`() throws {
    let session = TestSession("let a = {x: 1}")
    #expect(try session.references("1") == 1)
    session("let b = a")
    #expect(try session.references("1") == 2)
    session("let list = [a, a]")
    #expect(try session.references("1") == 4)
    session("list[0] = null")
    #expect(try session.references("1") == 3)
    session("b = null")
    #expect(try session.references("1") == 2)
    session("list.length = 0")
    #expect(try session.references("1") == 1)
  }

  @Test func `holders are named with their slots`() throws {
    let session = TestSession("let p = {x: 1}", "let pts = [p, p]", "let o = {first: p}")
    let incoming = try session.json(":refs p")["in"] as? [[String: Any]] ?? []
    #expect(incoming.compactMap { $0["name"] as? String } == ["p", "pts[0]", "pts[1]", "o.first"])
  }

  @Test func `a captured variable counts as a reference of its closure`() throws {
    let session = TestSession("let f = (() => { let kept = {x: 1}; return () => kept })()")
    let incoming = try session.json(":refs (f())")["in"] as? [[String: Any]] ?? []
    #expect(incoming.count == 1)
    #expect(incoming.first?["slot"] as? String == "`kept`")
  }

  // MARK: Collection

  @Test func `an object without references is collected`() {
    let session = TestSession("let o = {x: 1}", "o = null")
    #expect(session(":gc --no-repl").contains("#1 Object"))
    session(":refs 1")
    #expect(session.errors.contains("Invalid heap reference: 1"))
  }

  @Test func `a cycle without references is collected`() {
    let session = TestSession("let a = {}, b = {a}", "a.b = b", "a = b = null")
    let report = session(":gc --no-repl")
    #expect(report.contains("#1 Object"))
    #expect(report.contains("#2 Object"))
  }

  @Test func `what is still referenced survives a collection`() {
    let session = TestSession("let keep = [{x: 1}]", "let drop = [2]", "drop = null")
    session(":gc --no-repl")
    #expect(session("keep[0].x").contains("1"))
    #expect(session("heap(2) === keep[0] || heap(1) === keep[0]").contains("true"))
  }

  @Test func `what the prompt showed is kept alive by its name, and said so`() throws {
    let session = TestSession("({only: 'shown'})")
    session(":gc")
    #expect(session("$1.only").contains("'shown'"))
    #expect(session(":refs 1").contains("Only the prompt's $1 keeps it alive."))
  }

  // MARK: Instruction names

  @Test func `the disassembly uses the names of the plan`() {
    let session = TestSession(
      """
      let g = 1
      function f(a, o, k) {
        let list = [a]; list.push(o); let made = {x: 1};
        list[k] = a[k]; made[k] = o.x; o.y = a.length; delete o[k]; g = typeof a;
        return [a == o, a != o, a === o, a !== o, CC('?')]
      }
      """)
    let text = session(":disasm f")
    for name in [
      "ARRAY_NEW", "ARRAY_PUSH", "OBJECT_CREATE", "PROPERTY_GET", "PROPERTY_SET", "PROPERTY_DELETE", "STORE", "TYPEOF",
      "CC",
    ] {
      #expect(text.contains(name), "\(name) is missing in\n\(text)")
    }
  }
}
