import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Programs that stand still and go on.
@Suite struct DebuggerTests {
  static let total = "function total(ps) {\n  let s = 0\n  for (const q of ps) s += q.x\n  return s\n}"

  private func stopped(_ line: String = "total(pts)") -> TestSession {
    let session = TestSession(Self.total, "let pts = [{x: 1, y: 2}, {x: 5, y: 9}]")
    session(":break total")
    session(line)
    _ = session.errors
    return session
  }

  // MARK: Stopping

  @Test func `a breakpoint at a function stops before its first statement`() {
    let session = TestSession(Self.total, "let pts = [{x: 1}]")
    #expect(session(":break total") == "Breakpoint 1 at total, [1]:2  let s = 0\n")
    #expect(
      session.lines("total(pts)") == [
        "Breakpoint 1: total", "  [1]:2    let s = 0", "           ^^^^^^^^^", "  locals   ps = #3 [{x: 1}]",
        "  stack    total(ps = #3) <- [3]",
      ])
    #expect(session.session.stopped != nil)
    #expect(session(":continue") == "$3 = 1\n")
    #expect(session.session.stopped == nil)
    #expect(session.errors == "")
  }

  @Test func `a debugger statement stops, and the program goes on after it`() {
    let session = TestSession("function f(n) {\n  let m = n * 2\n  debugger\n  return m + 1\n}")
    let lines = session.lines("f(4)")
    #expect(lines.first == "Stopped at a debugger statement.")
    #expect(lines.contains("  [1]:3    debugger"))
    #expect(lines.contains("  locals   n = 4   m = 8"))
    #expect(session(":continue") == "$2 = 9\n")
    #expect(session("for (let i = 0; i < 2; i++) { debugger }").contains("i = 0"))
    #expect(session(":continue").contains("i = 1"))
    #expect(session(":c") == "[3] has finished.\n")
    #expect(session.session.stopped == nil)
  }

  @Test func `breakpoints stand at lines, methods and functions to come`() {
    let session = TestSession("class Box {\n  put(x) {\n    this.x = x\n    return this\n  }\n}")
    session(":break Box.put")
    #expect(session("new Box().put(3)").contains("this.x = x"))
    session(":continue")
    session(":break delete all")
    session(":break Box:4")
    #expect(session("new Box().put(3)").contains("  [1]:4    return this"))
    session(":abort")
    #expect(session(":break later --later") == "Breakpoint 3 at later: not there yet.\n")
    session("function later() { return 1 }")
    #expect(session("later()").contains("Breakpoint 3: later"))
    session(":abort")
    #expect(session(":break [1]:3").contains("this.x = x"))
  }

  @Test func `a condition is asked for each time`() {
    let session = TestSession("function f(n) { return n ? f(n - 1) : 0 }")
    session(":break f if n === 2")
    #expect(session("f(5)").contains("locals   n = 2"))
    #expect(session(":continue").contains(" = 0"))
    session(":break delete 1")
    session("let calls = 0; function odd(n) { calls++; return n % 2 === 1 }")
    session(":break f if odd(n) && n < 4")
    #expect(session("f(6)").contains("locals   n = 3"))
    // Asking left no trace.
    #expect(session("calls").contains("_ = 0"))
    #expect(session(":continue").contains("n = 1"))
    session(":continue")
    #expect(session("calls").hasSuffix(" = 0\n"))
    session.session.command(":break f if n +")
    #expect(session.errors.contains("is no expression"))
  }

  /// What each round of a loop does is the same code, and so is what other functions do.
  @Test func `a breakpoint in hot code stops each time and nowhere else`() {
    let session = TestSession(
      "function cold(n) {\n  let s = n + 1\n  return s + n\n}",
      "function hot(n) {\n  let s = 0\n  for (let i = 0; i < n; i++) {\n    s = s + 1\n    if (i % 100 === 99) s += cold(i)\n  }\n  return s\n}"
    )
    session(":break cold:3")
    for round in 1...3 {
      #expect(
        (round == 1 ? session("hot(300)") : session(":continue")).contains("n = \(round * 100 - 1)   s = \(round)00\n"))
    }
    #expect(session(":continue").contains(" = "))
    session(":break hot:4 if i > 250 && s > 0")
    session("hot(300)")
    #expect(session(":locals").contains("cold") || session(":bt").contains("hot(n = 300)"))
    var stops = 1
    while session.session.stopped != nil, stops < 100 {
      session(":continue")
      stops += 1
    }
    // Three in `cold`, and 251 to 299 in `hot`.
    #expect(stops - 1 == 3 + 49)
  }

  @Test func `a breakpoint holds in code that is loaded while the program runs, and goes on from where it stands`() {
    let session = TestSession(
      "function make(n) { return n ? () => make(n - 1)() + 1 : () => 0 }", "function run(f) {\n  return f()\n}")
    session(":break run")
    #expect(session("[3, 4].map(n => run(make(n)))").contains("Breakpoint 1"))
    #expect(session(":continue").contains("Breakpoint 1"))
    #expect(session(":continue").contains("[3, 4]"))
    #expect(session("run(() => run(() => 5))").contains("Breakpoint 1"))
    #expect(session(":continue").contains("run(f = "))
    #expect(session(":continue").contains(" = 5"))
  }

  @Test func `breakpoints are listed and taken away`() throws {
    let session = TestSession("function f() { return 1 }")
    #expect(session(":break") == "No breakpoints. :break FUNCTION sets one.\n")
    session(":break f")
    session(":break f:1 if true")
    session("f()")
    let rows = try #require(try session.json(":break")["rows"] as? [[String: Any]])
    #expect(rows.map { $0["hits"] as? Int } == [1, 0])
    session(":abort")
    #expect(session(":break delete 1").contains("taken away"))
    #expect(session.session.command(":break delete 1") == .notFound)
    #expect(session(":break --json").contains("\"cmd\":\"break\""))
    session(":break delete all")
    #expect(session("f()").hasSuffix(" = 1\n"))
    #expect(session.session.command(":break Math.max") == .usage)
    #expect(session.session.command(":break nothing.js:3") == .notFound)
    #expect(session.session.command(":break 3") == .usage)
  }

  @Test func `nothing stops where there is no history`() {
    let session = TestSession()
    let plain = Session(console: .silent)
    #expect(plain.evaluate("debugger; let x = 1") == .done)
    #expect(plain.stopped == nil)
    #expect(session.session.command(":continue") == .notFound)
    #expect(session.session.command(":step") == .notFound)
    #expect(session.session.command(":locals") == .notFound)
  }

  // MARK: Looking

  @Test func `what is typed at a stop sees the variables of the function`() {
    let session = stopped()
    session(":next")
    #expect(session("s + ps.length") == "_ = 2\n")
    #expect(session(":show ps[1].x") == "5\n")
    #expect(session("let k = 3; k * ps.length") == "_ = 6\n")
    session("ps.push(1)")
    #expect(session("ps.length") == "_ = 2\n")
    session("nothing.x")
    #expect(session.errors.contains("Uncaught ReferenceError: nothing is not defined"))
    session("s +")
    #expect(session.errors.contains("SyntaxError"))
    #expect(session(":continue") == "$3 = 6\n")
  }

  @Test func `what is assigned at a stop stays`() {
    let session = stopped()
    session(":next")
    session("s = 100")
    #expect(session("s") == "_ = 100\n")
    session("ps[0].x = 1000")
    session("ps = [...ps, {x: 7}]")
    #expect(session(":continue") == "$3 = 1112\n")
    #expect(session("pts[0].x").hasSuffix(" = 1000\n"))
    session(":undo")
    #expect(session("pts[0].x").hasSuffix(" = 1\n"))
  }

  @Test func `closures see assigned variables`() {
    let session = TestSession("function f() { let n = 1; const get = () => n; debugger; return get() }")
    session("f()")
    session("n = 5")
    #expect(session(":continue") == "$2 = 5\n")
  }

  @Test func `the calls and their variables are listed`() throws {
    let session = TestSession("function f(n) { if (n) return f(n - 1)\n  debugger; return n }")
    session("f(2)")
    let rows = try #require(try session.json(":bt")["rows"] as? [[String: Any]])
    #expect(rows.map { $0["function"] as? String } == ["f(n = 0)", "f(n = 1)", "f(n = 2)", "[2]"])
    #expect(session(":locals 1").contains("n     1"))
    #expect(session(":bt --top 2").contains("-- 2 of 4 rows"))
    #expect(session.session.command(":locals 9") == .notFound)
    session(":abort")
    #expect(session.session.command(":bt") == .notFound)
  }

  // MARK: Stepping

  @Test func `steps go from statement to statement, also into functions`() {
    let session = TestSession(Self.total, "let pts = [{x: 1}, {x: 5}]")
    #expect(session(":step total(pts)").contains("total(pts)"))
    let places = ["let s = 0", "^^^^^^^^^^^^^^^^^^^", "s += q.x", "for (const", "s += q.x", "for (const", "return s"]
    for place in places { #expect(session(":step").contains(place)) }
    #expect(session(":step") == "[3] has finished.\n$3 = 6\n")
  }

  @Test func `next goes over calls, finish to their end`() {
    let session = TestSession(
      "function inner(n) {\n  let k = n + 1\n  return k\n}",
      "function outer() {\n  let a = inner(1)\n  return a + inner(2)\n}")
    session(":step outer()")
    #expect(session(":step").contains("let a = inner(1)"))
    #expect(session(":next").contains("return a + inner(2)"))
    #expect(session(":step").contains("let k = n + 1"))
    #expect(session(":finish").contains("inner returned 3"))
    #expect(session(":finish").contains("outer returned 5"))
    #expect(session(":next") == "[3] has finished.\n$3 = 5\n")
  }

  @Test func `steps can be counted, and be expressions or instructions`() {
    let session = TestSession(Self.total, "let pts = [{x: 1}, {x: 5}]")
    session(":step total(pts)")
    #expect(session(":step 3").contains("q = #2"))
    #expect(session(":step --by expression").contains("q.x"))
    let instruction = session(":step --by instruction 2")
    #expect(instruction.contains("stack    total") && instruction.contains("\n  next     "))
    let next = instruction.split(separator: "\n").first { $0.hasPrefix("  next") }?.split(separator: " ") ?? []
    #expect(session(":disasm total").contains("\(next[1])  \(next[2])"), "\(instruction)")
    #expect(!session(":step").contains("  next "))
    #expect(session.session.command(":step x") == .usage)
    #expect(session.errors.contains("A program stands still already: :continue lets it go on"))
    #expect(session.session.command(":step 0") == .usage)
    #expect(session(":step 1000") == "[3] has finished.\n$3 = 6\n")
  }

  @Test func `callbacks of built-in functions are stepped into`() {
    let session = TestSession()
    session(":step [3, 1].map(x => x * 2)")
    #expect(session(":step").contains("x = 3"))
    #expect(session(":step").contains("x = 1"))
    #expect(session(":step").contains("[6, 2]"))
  }

  @Test func `a generator is stepped into`() {
    let session = TestSession("function* g() {\n  yield 1\n  yield 2\n}")
    session(":break g")
    #expect(session("[...g()]").contains("  [1]:2    yield 1"))
    #expect(session(":next").contains("yield 2"))
    #expect(session(":continue").contains("[1, 2]"))
  }

  // MARK: The end of a stop

  @Test func `abort takes back what the program did`() {
    let session = TestSession("let log = []", "function f() { log.push(1); debugger; log.push(2) }")
    session("f()")
    #expect(session("log.length") == "_ = 1\n")
    _ = session.errors
    session(":abort")
    #expect(session.errors == "Gave [3] up. Nothing was changed (statement rolled back).\n")
    #expect(session("log.length").hasSuffix(" = 0\n"))
  }

  @Test func `undo drops a stopped run, and takes a finished one back in one step`() {
    let session = TestSession("let log = []", "function f() { log.push(1); debugger; log.push(2) }")
    session("f()")
    #expect(session(":undo").hasPrefix("undid [3], which stood still\nnow at [2]"))
    #expect(session("log.length").hasSuffix(" = 0\n"))
    session("f()")
    session(":step")
    session(":continue")
    #expect(session("log.length").hasSuffix(" = 2\n"))
    #expect(session(":undo").hasPrefix("undid [5] f()"))
    #expect(session("log.length").hasSuffix(" = 0\n"))
    session(":redo")
    #expect(session("log.length").hasSuffix(" = 2\n") || session("log.length").hasSuffix(" = 2\n"))
  }

  @Test func `an error after a stop rolls the whole statement back`() {
    let session = TestSession("let log = []", "function f() { log.push(1); debugger; log.push(2); null.x }")
    session("f()")
    session(":step")
    session(":continue")
    #expect(session.errors.contains("Uncaught TypeError"))
    #expect(session.session.stopped == nil)
    #expect(session("log.length").hasSuffix(" = 0\n"))
    session(":failed")
    #expect(session(":show log.length") == "2\n")
  }

  @Test func `a stopped run goes on from a checkpoint, in a branch and in a saved session`() throws {
    let session = stopped()
    session(":next 2")
    session(":checkpoint here")
    #expect(session.errors == "")
    session(":fork idea")
    #expect(session(":continue").hasSuffix(" = 6\n"))
    session(":switch main")
    #expect(session("s") == "_ = 0\n")
    session(":abort")
    session(":restore here")
    #expect(session("s") == "_ = 0\n")
    #expect(session(":next").contains("s = 1"))
    #expect(session(":continue").hasSuffix(" = 6\n"))
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/stopped.cvms"
    let other = stopped()
    other(":next")
    other(":save \(file)")
    #expect(other.errors == "")
    let opened = TestSession()
    opened(":open \(file)")
    #expect(opened(":continue").hasSuffix(" = 6\n"))
  }

  @Test func `a program that is loaded does not run while another stands still`() throws {
    let scratch = try ScratchDirectory()
    let session = stopped()
    session(":load \(try scratch.write("program.js", "let loaded = 1\n"))")
    #expect(session.errors.contains("A program stands still"))
  }

  @Test func `objects have the ids that they would have had without stops`() {
    let program = "function make(n) { const out = []; for (let i = 0; i < n; i++) out.push({i}); return out }"
    let plain = TestSession(program)
    let expected = plain("make(4)")
    let session = TestSession(program)
    session(":step make(4)")
    while session.session.stopped != nil {
      session("({a: [1, 2, {b: 3}]})")
      let output = session(":step")
      if session.session.stopped == nil { #expect(output == "[2] has finished.\n" + expected) }
    }
    #expect(session("({})").contains("Object#7"))
    #expect(plain("({})").contains("Object#7"))
  }

  @Test func `a session from a pipe stops and goes on`() throws {
    let outcome = try pipe("function f(n) {\n  return n + 1\n}\n:break f\nf(1)\n:locals\nn * 10\n:continue\n")
    #expect(outcome.status == .done)
    #expect(outcome.lines.contains("_ = 10"))
    #expect(outcome.lines.last == "$2 = 2")
  }

  @Test func `a question of a program is answered while it is stepped through`() {
    let session = TestSession("function f() {\n  const a = CC('name?')\n  debugger\n  return a + '!'\n}")
    session(":step f()")
    session(":step")
    session(":step")
    #expect(session.errors.contains("Paused at CC: name?"))
    #expect(session(":answer Ada").contains("  [1]:3    debugger"))
    #expect(session(":step").contains("return a + '!'"))
    #expect(session(":continue") == "$2 = 'Ada!'\n")
  }

  // MARK: Back

  private func place(_ session: TestSession) -> String {
    guard let frame = session.session.stoppedFrame else { return "-" }
    let entry = frame.entry.map { frame.code.source?.text(from: Int($0.start), to: Int($0.end)) ?? "" } ?? ""
    return "\(frame.base):\(frame.offset) \(entry)"
  }

  @Test func `back goes to the step before, without running anything twice for the person`() {
    let session = TestSession(
      "function f() {\n  console.log('one')\n  let r = Math.random()\n  let t = Date.now()\n  return [r, t]\n}")
    session(":step f()")
    #expect(session(":step 2").hasPrefix("one\n"))
    session(":next 2")
    let locals = session(":locals")
    #expect(session(":back 3").contains("console.log('one')"))
    session(":back 100")
    let output = session(":step 4")
    #expect(!output.contains("one\n"))
    #expect(session(":locals") == locals)
    #expect(session(":continue").hasPrefix("$2 = ["))
  }

  @Test func `back undoes what the program did to the heap`() {
    let session = TestSession("let list = []", "function f() {\n  list.push(1)\n  list.push(2)\n  return list\n}")
    session(":break f")
    session("f()")
    session(":next 2")
    #expect(session("list.length") == "_ = 2\n")
    session(":back")
    #expect(session("list.length") == "_ = 1\n")
    session(":back")
    #expect(session("list.length") == "_ = 0\n")
    session(":next")
    #expect(session("list.length") == "_ = 1\n")
    session(":back 50")
    #expect(session.session.command(":back") == .notFound)
    #expect(session.errors.contains("There is no step before this one."))
    #expect(session(":continue").contains("Breakpoint 1"))
    #expect(session(":continue").contains("[1, 2]"))
  }

  @Test func `back leads out of a breakpoint deep in a run, and through calls or over them`() {
    let session = TestSession(
      "function g(n) {\n  return n * 2\n}",
      "function f(n) {\n  let s = 0\n  for (let i = 0; i < n; i++) s += g(i)\n  debugger\n  return s\n}")
    session("f(500)")
    #expect(session(":back --over").contains("i = 499") || session(":locals").contains("s  "))
    session(":back-until i === 250")
    #expect(session("i") == "_ = 250\n")
    session(":until n === 300")
    #expect(session(":bt").contains("g(n = 300)"))
    session(":finish")
    session(":continue")
    #expect(session(":continue").hasSuffix(" = 249500\n"))
  }

  @Test func `what was assigned at a stop is gone before it`() {
    let session = stopped()
    session(":next 2")
    session("s = 100")
    session(":next 2")
    #expect(session(":back 2").contains("No longer so: s = 100") || session("s").contains("100"))
    session(":back")
    #expect(session("s") == "_ = 0\n")
    #expect(session(":continue") == "$3 = 6\n")
  }

  @Test func `answers are given again`() throws {
    let session = TestSession(
      "function f() {\n  const a = CC('first?')\n  const b = CC('second?')\n  return a + b\n}"
    ) {
      $0.answers = ["A"]
    }
    session(":step f()")
    session(":step 2")
    session(":step")
    #expect(session.errors.contains("second?"))
    #expect(session(":answer B").contains("return a + b"))
    #expect(session(":back").contains("const b = CC"))
    #expect(session(":locals").contains("'A'"))
    #expect(session(":back").contains("const a = CC"))
    #expect(session(":back").contains("f()"))
    session(":step 2")
    #expect(session(":locals").contains("'A'"))
  }

  @Test func `files are read and written once`() throws {
    let scratch = try ScratchDirectory()
    let file = try scratch.write("data.txt", "old")
    let session = TestSession(
      "function f(path) {\n  const text = fs.readFile(path)\n  fs.writeFile(path, 'new')\n  const again = fs.readFile(path)\n  return text + again\n}"
    )
    try session.session.openSandbox([scratch.path])
    session(":step f('data.txt')")
    session(":step 4")
    session(":back 3")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "new")
    #expect(session(":continue").contains("'oldnew'"))
  }

  // MARK: Exceptions

  @Test func `exceptions stop where they are thrown`() {
    let session = TestSession("function f(n) {\n  try { null.x } catch (e) { n++ }\n  return n.a.b\n}")
    session(":break throws")
    #expect(session("f(1)").hasPrefix("About to throw TypeError: Cannot read properties of undefined (reading 'b')"))
    #expect(session("n") == "_ = 2\n")
    session.session.command(":checkpoint")
    #expect(session.errors.contains("stands at an exception"))
    #expect(session(":back").contains("return n.a.b"))
    session(":break throws all")
    #expect(session(":continue").hasPrefix("About to throw"))
    session(":continue")
    #expect(session.errors.contains("Uncaught TypeError"))
    #expect(session("f(1)").contains("reading 'x'"))
    #expect(session(":step").contains("n++"))
    session(":break throws off")
    session(":continue")
    #expect(session.session.stopped == nil)
  }

  @Test func `an exception that a callback throws is caught by who called the built-in function`() {
    let session = TestSession("function f(list) {\n  try { list.map(x => x.y.z) } catch (e) { return 'caught' }\n}")
    session(":break throws")
    #expect(session("f([{}])").contains("'caught'"))
    #expect(session("[{}].map(x => x.y.z)").contains("About to throw"))
    session(":abort")
  }

  // MARK: At a terminal

  @Test func `keys go on without a colon unless the program has such a variable`() {
    let session = TestSession("function f(n) { let b = n; debugger; return b }")
    #expect(InputLine.command(in: "n", session.session) == nil)
    session("f(3)")
    #expect(InputLine.command(in: "n", session.session) == nil)
    _ = session.output
    #expect(InputLine.command(in: "b", session.session) == nil)
    #expect(session.output == "(b is a variable here; :back goes on)\n")
    #expect(InputLine.command(in: "s", session.session) == ":step")
    #expect(InputLine.command(in: "u n > 3", session.session) == ":until n > 3")
    #expect(InputLine.command(in: "u", session.session) == nil)
  }

  @Test func `an empty line repeats the last step`() {
    let session = stopped()
    session(":next --by expression 2")
    #expect(session.session.stepper.repeated == ":next --by expression 2")
    session(":finish")
    #expect(session.session.stepper.repeated == nil)
  }

  @Test func `an interrupt stops a run in which somebody looks for something`() {
    let session = TestSession("function f() { let n = 0; while (true) n++ }") { $0.isInteractive = true }
    session(":break f")
    session("f()")
    session.session.machine.interruptSwitch.pointee = 1
    #expect(session(":continue").hasPrefix("Interrupted."))
    #expect(session(":next").contains("n++"))
    session(":break delete all")
    session.session.machine.interruptSwitch.pointee = 1
    #expect(session(":continue").hasPrefix("Interrupted."))
    session(":abort")
    session.session.machine.interruptSwitch.pointee = 1
    session("f()")
    #expect(session.errors.contains("Interrupted.\n"))
    #expect(session.session.stopped == nil)
  }

  @Test func `a breakpoint at what is not there is refused with what there is`() {
    let session = TestSession("function total(ps) {\n  return ps.length\n}", "class Box { put(n) { this.n = n } }")
    for (place, words) in [
      ("totl", "There is no function totl. Did you mean total ?"), ("nosuch", "There are: total, Box, Box.put."),
      ("Box.take", "There is no function Box.take."), ("total:9", "No statement of [1] begins on line 9 or below"),
      ("tota:2", "There is no function and no source tota. Did you mean total ?"),
    ] {
      #expect(session.session.command(":break \(place)") == .notFound)
      let errors = session.errors
      #expect(errors.contains(words), "\(errors)")
    }
    #expect(session(":break").contains("No breakpoints."))
    #expect(session(":break Box.put").contains("Breakpoint 1 at Box.put"))
  }

  @Test func `after an uncaught error the stack of the throw can be looked at`() {
    let session = TestSession(
      "function inner(o) { let k = o.length; return o.x.y + k }",
      "function outer(n) { let list = [n]; return inner(list) }")
    session("outer(7)")
    let stack = session(":bt")
    #expect(stack.hasPrefix("[3] is over: it threw TypeError: "))
    for part in ["inner(o = #", "outer(n = 7)", "[1]:1", "[2]:1", "function inner(o) {"] {
      #expect(stack.contains(part), "\(part): \(stack)")
    }
    let locals = session(":locals")
    #expect(locals.contains("is over") && locals.contains("[7]") && locals.contains("k "))
    #expect(session(":locals 1").contains("list"))
    #expect(session.session.command(":locals 9") == .notFound)
    session("1 + 1")
    #expect(session.session.command(":bt") == .notFound)
  }

  @Test func `variables that were not there are not there after an error, in one readable line`() {
    let session = TestSession("nosuch.x")
    #expect(!session(":locals").contains("\\n"))
    #expect(session(":locals").contains("nosuch is not defined: [1] had no"))
  }

  @Test func `a deep stack that overflowed can be looked at, and a rethrow from its place`() {
    let session = TestSession("function down(n) { return down(n + 1) + 1 }")
    session("down(0)")
    #expect(session(":bt").contains("down(n = "))
    session("function f() { try { null.x } catch (e) { throw e } }; f()")
    #expect(session(":bt").contains("f()"))
    session("[1].map(n => n.x.y)")
    #expect(session(":bt").contains("(anonymous)(n = 1)"))
  }

  @Test func `the end of a statement that was stepped through is said`() {
    let session = TestSession("function f(n) { return n + 1 }", "function g() { }")
    session(":step f(1)")
    #expect(session(":next").contains("[3] has finished.\n$3 = 2"))
    session(":step g()")
    let text = session(":next") + session(":next") + session(":next")
    #expect(text.contains("[4] has finished.\nundefined\n"))
  }

  @Test func `programs stop at exceptions that nothing catches, where that is wanted`() {
    let session = TestSession("function f(o) { return o.x.y }", "function g() { try { f({}) } catch { return 1 } }")
    session(":break throws")
    #expect(session("g()").contains("= 1"))
    #expect(session("f({})").contains("About to throw TypeError"))
    session(":continue")
    session(":break throws all")
    #expect(session("g()").contains("About to throw TypeError"))
    #expect(session(":continue").contains("= 1"))
  }
}
