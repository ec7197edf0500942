import Testing

@testable import CVMREPL

/// Pictures of references, what copies share, and what statements did, in words.
@Suite struct ReferenceViewTests {
  // MARK: Pictures

  @Test func `boxes show each object once, with what the last statement changed`() {
    let session = TestSession("let a = [1, {x: 2}], n = 5", "let b = a", "b.push({y: 3})")
    let lines = session.lines(":view boxes")
    #expect(lines[0] == "  n = 5")
    #expect(lines.contains { $0.hasPrefix("  a ---") && $0.contains("#2 Array [0] 1") })
    #expect(lines.contains { $0.hasPrefix("  b ---") && $0.contains("^") })
    #expect(lines.contains { $0.hasPrefix("*") && $0.contains("[2] ---") })
    #expect(lines.contains { $0.hasPrefix("*") && $0.contains("#3 Object {y: 3}") })
    #expect(lines.contains { $0.hasPrefix(" ") && $0.contains("[1] ---") })
    #expect(lines.last == "* new or changed   (by [3])")
  }

  @Test func `inline and flat say the same in other forms`() {
    let session = TestSession("let a = [1, {x: 2}]", "let b = a")
    #expect(session(":view inline").contains("a = #2 [1, #1 {x: 2}]\n* b = #2 (the same object)\n"))
    let flat = session(":view flat")
    #expect(flat.contains("* b -> #2\n"))
    #expect(flat.contains("#2 Array   [1, #1]"))
    #expect(session(":view").contains("b -> #2"))
    #expect(session.session.command(":view round") == .usage)
  }

  @Test func `what is out of reach stays in its place until it is collected, with the reason`() {
    let session = TestSession("let a = {x: 1}", "let b = {y: 2}", "a = null", "b.y = 3")
    let text = session(":view boxes")
    #expect(text.contains("x"))
    let lines = text.split(separator: "\n").map(String.init)
    let first = lines.firstIndex { $0.contains("#1 Object") }
    let second = lines.firstIndex { $0.contains("#2 Object") }
    #expect(first != nil && second != nil && first! < second!)
    #expect(lines[first!].hasPrefix("x"))
    #expect(text.contains("#1 Object is out of reach: its last way in was a, which holds null now."))
    #expect(text.contains("[3] a = null"))
    session(":gc --no-repl")
    #expect(!session(":view").contains("#1 Object"))
  }

  @Test func `a cycle that nothing reaches is told as one`() {
    let session = TestSession("let a = {}, b = {a}", "a.b = b", "a = b = null")
    #expect(session(":view").replacing("\n ", with: "").contains("a cycle keeps nobody alive"))
  }

  @Test func `undone statements leave no objects in the picture`() {
    let session = TestSession("let a = [1]", "a.push({x: 1})")
    session(":undo")
    #expect(!session(":view flat").contains("#2"))
    session(":redo")
    #expect(session(":view flat").contains("* #2 Object"))
  }

  @Test func `a picture can follow each statement`() {
    let session = TestSession("let a = [1]")
    session(":view flat --each")
    #expect(session("let b = a").contains("* b -> #1\n"))
    session(":view off")
    #expect(!session("let c = a").contains("-> #1"))
  }

  @Test func `no picture is wider than the screen, and ASCII is enough`() {
    let session = TestSession { $0.escapesNonASCII = true }
    session("let äöü = {name: 'ä'.repeat(100), list: Array.from({length: 30}, (_, i) => ({i}))}")
    session("let f = () => äöü, m = new Map([[äöü, f]]), s = new Set([m]), o = Object.create(äöü)")
    for form in ["boxes", "inline", "flat"] {
      for line in session.lines(":view \(form)") {
        #expect(line.count <= 80, "\(line)")
        #expect(line.utf8.allSatisfy { $0 < 0x80 }, "\(line)")
      }
    }
  }

  @Test func `looking leaves no trace`() throws {
    let session = TestSession("let a = {inner: {x: 1}}", "let b = a", "a.inner = null")
    let before = try session.json(":checkpoint")["hash"] as? String
    for command in [":view", ":explain", ":explain 1", ":shallow a", ":deep a", ":deep a --by json"] {
      #expect(session.session.command(command) == .done)
    }
    #expect(try session.json(":checkpoint")["hash"] as? String == before)
    #expect(session("({})").contains("Object#3"))
    session(":undo 1")
    #expect(session("b.inner.x").contains("= 1"))
  }

  // MARK: Copies

  @Test func `a shallow copy shares what its slots refer to`() throws {
    let session = TestSession("let o = {n: 1, inner: {deep: [1]}}")
    let answer = try session.json(":shallow o")
    #expect(answer["shared"] as? [Int] == [1, 2])
    #expect(answer["code"] as? String == "{...o}")
    #expect(session(":shallow o").contains("But copy.inner === o.inner"))
    let flat = TestSession("let p = {x: 1}, l = [[1]]")
    #expect(flat(":shallow p").contains("shares nothing"))
    #expect(flat(":shallow l --by slice").contains("copy[0] === l[0]"))
    #expect(flat(":shallow p --by assignment").contains("are ONE object"))
    #expect(flat.session.command(":shallow p --by slice") == .usage)
  }

  @Test func `a deep copy shares nothing, and what it loses is said`() throws {
    let session = TestSession("let o = {n: 1, inner: {deep: [1]}}", "let d = {when: new Date(0)}", "let s = [o, o]")
    #expect(try session.json(":deep o")["shared"] as? [Int] == [])
    #expect(session(":deep o").contains("JSON.parse(JSON.stringify(o)) makes an equal copy here"))
    #expect(session(":deep d").contains("is different: copy.when is"))
    #expect(session(":deep s --by json").contains("What s holds twice as one object, copy holds as two."))
    session("o.self = o")
    #expect(session(":deep o").contains("JSON.parse(JSON.stringify(o)) throws TypeError"))
    session("let f = {run() {}}")
    #expect(session(":deep f").contains("Functions cannot be copied"))
  }

  @Test func `a deep copy makes no more objects than it has`() throws {
    let session = TestSession("let o = {inner: {x: 1}}")
    #expect(session("let c = structuredClone(o)").contains("Object#3"))
    #expect(session("({})").contains("Object#5"))
  }

  @Test func `a drawn object shows what the last statement changed`() {
    let session = TestSession("let a = {inner: {x: 1}, other: {}}")
    #expect(session(":graph a").contains("* a ---"))
    session("a.inner = a.other")
    let lines = session.lines(":graph a")
    #expect(lines.contains { $0.hasPrefix("*") && $0.contains(".inner ---") })
    #expect(lines.contains { $0.hasPrefix(" ") && $0.contains(".other ---") })
    #expect(lines.contains("* new or changed"))
    session("1 + 1")
    #expect(!session(":graph a").contains("*"))
  }

  @Test func `a getter of the original runs on the copy of the heap only`() {
    let session = TestSession("let count = 0", "let o = {get x() { console.log('read'); return ++count }, y: {}}")
    #expect(!session(":shallow o").contains("read"))
    #expect(session("count").contains("= 0"))
  }

  @Test(arguments: [
    (":shallow 5", "Invalid"), (":deep n", "a value"), (":shallow f", "function"), (":deep Math", "built in"),
  ])
  func `what cannot be copied is refused with the reason`(command: String, reason: String) {
    let session = TestSession("let n = 5", "function f() {}")
    #expect(session.session.command(command) != .done)
    #expect(session.errors.contains(reason))
  }

  // MARK: Words

  @Test(arguments: [
    ("let b = a", "b refers to #1 Array now, the same object as a: only the arrow was copied."),
    ("let c = [...a]", "c refers to a new object, #4 Array."),
    ("a.push(4)", "#1[1] is new: 4."),
    ("o.p.x = 9", "#2.x was 1 and is 9. p and o.p both show it: they are ONE object."),
    ("a = null", "#1 Array is out of reach: its last way in was a, which holds null now."),
    ("let m = n", "m holds the value 5. Values are copied: no other variable changes with it."),
    ("delete o.p", "#3.p is gone (it was an arrow to #2 Object)."), ("a === o", "changed nothing that is still there"),
    ("null.x", "failed, and everything that it had done was taken back"),
  ])
  func `a statement is explained`(statement: String, sentence: String) {
    let session = TestSession("let a = [1], n = 5, p = {x: 1}, o = {p}")
    session(statement)
    let text = session(":explain").split(separator: "\n").joined(separator: " ").replacing("    ", with: " ")
    #expect(text.contains(sentence), "\(text)")
  }

  @Test(arguments: [
    (["let c = {a, n}"], "c.a refers to #1 Array, the same array as a: it was not copied."),
    (["let d = {...o}"], "d.p refers to #2 Object, the same object as p: it was not copied."),
    (["p = null", "let e = [o.p, {q: o}]"], "e[0] refers to #2 Object, the same object as o.p: it was not copied."),
  ])
  func `what a new object shares with others is explained`(statements: [String], sentence: String) {
    let session = TestSession("let a = [1], n = 5, p = {x: 1}, o = {p}")
    for statement in statements { session(statement) }
    let text = session(":explain").split(separator: "\n").joined(separator: " ").replacing("    ", with: " ")
    #expect(text.contains(sentence), "\(text)")
  }

  @Test func `an object that a dead one holds is called a cycle only where it is one`() {
    let chain = TestSession("let a = {x: 1}, h = {a}", "h = null", "a = null")
    let text = chain(":explain").replacing("\n    ", with: " ")
    #expect(text.contains("#2 Object still points to it, but nothing reaches that either."), "\(text)")
    #expect(!text.contains("cycle"))
  }

  @Test func `of a lost structure the object whose arrow went comes first`() {
    let session = TestSession { $0.mode = .teach }
    session("let c = {n: {deep: [{}]}, m: {}}")
    session("c.self = c")
    let said = session("c = null").replacing("\n", with: " ")
    #expect(
      said.contains("#5 Object is out of reach: its last way in was c, which holds null now. With it 4 more"), "\(said)"
    )
    let explained = session.lines(":explain")
    #expect(explained[2].hasPrefix("  #5 Object is out of reach"), "\(explained)")
    let notes = session.lines(":view").drop { !$0.hasPrefix("#") }
    #expect(notes.first?.hasPrefix("#5 Object is out of reach") == true, "\(notes)")
    #expect(notes.contains("... and 2 more, marked with x."), "\(notes)")
  }

  @Test func `an earlier statement is explained as it was`() {
    let session = TestSession("let a = [1]", "let b = a", "b = null")
    #expect(session(":explain 2").contains("b refers to #1 Array now, the same object as a"))
    #expect(session.session.command(":explain 9") == .notFound)
    session(":undo")
    #expect(session(":explain").contains("[2] let b = a"))
  }

  // MARK: What is said when it happens

  @Test func `in teaching mode an alias, a shared change and a loss are said once each`() {
    let session = TestSession { $0.mode = .teach }
    #expect(!session("let a = [1]").contains("ONE"))
    #expect(session("let o = {list: a}").contains("o.list and a are ONE array, #1"))
    #expect(!session("let p = {list: a}").contains("ONE"))
    #expect(session("a.push(2)").contains("#1[1] changed, and a, o.list and p.list all show it"))
    #expect(!session("a.push(3)").contains("changed"))
    let loss = session("o = p = null; a = 1")
    #expect(loss.contains("out of reach") && loss.contains("garbage"))
    #expect(!session("a = 2").contains("out of reach"))
  }

  @Test func `without teaching mode nothing is said`() {
    let session = TestSession("let a = [1]", "let o = {a}")
    #expect(!session("a.push(2)").contains("ONE"))
    #expect(!session("o = a = null").contains("reach"))
  }

  @Test func `after a reset the heap before it is not explained`() {
    let session = TestSession("let a = [1]", "let b = a", "a = null")
    session(":reset")
    #expect(session.session.command(":explain 2") == .notFound)
    #expect(session.errors.contains("[2] belongs to the time before this heap began, with [3]"))
    session("let c = {x: 1}")
    session("let d = {y: 1}")
    session("c = null")
    #expect(session(":explain").contains("#1 Object is out of reach: its last way in was c"))
    let drawn = session(":view")
    #expect(drawn.contains("x $1") && !drawn.contains("[3]"), "\(drawn)")
    #expect(session(":explain 4").contains("c refers to a new object, #1 Object."))
  }

  @Test func `a collection counts objects, and strings beside them`() {
    let session = TestSession("let a = {name: 'Ada'.repeat(9)}", "a = null")
    #expect(session(":gc --no-repl").hasPrefix("reachable 0 objects   garbage 1 object and 1 string ("))
  }

  @Test func `remarks rest where the heap is too large, which is said once, and come back`() {
    let session = TestSession { $0.mode = .teach }
    session("let many = Array.from({length: 700}, () => ({}))")
    session("let a = {}")
    #expect(session("let b = a").contains("are ONE object"))
    #expect(session("many.push(...Array.from({length: 800}, () => ({})))").contains("Remarks rest until it is smaller"))
    session("let c = {}")
    let silent = session("let d = c; d.x = 1")
    #expect(!silent.contains("Remarks rest") && !silent.contains("both show it"))
    session(":undo 3")
    #expect(session("b.x = 1").contains("both show it"))
  }
}
