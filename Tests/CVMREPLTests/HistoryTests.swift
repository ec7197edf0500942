import Testing

@testable import CVMREPL

/// Statements as transactions, and going back and forth.
@Suite struct HistoryTests {
  @Test(arguments: [
    "big.length = 5", "while (big.length > 5) big.pop()", "big.splice(5)", "big.splice(0, 1995)",
    "while (big.length > 5) big.shift()",
  ])
  func `what a shortened array had comes back after collections`(shortening: String) {
    let session = TestSession(
      "let big = Array.from({length: 2000}, (_, i) => ({i, text: 'n' + i})); 0", "\(shortening); 0", "big = null; 0")
    for _ in 0..<2 { session(":gc --no-repl") }
    session("let other = Array.from({length: 3000}, (_, i) => ({z: i})); 0")
    session(":undo 3")
    #expect(session("big.map((e, i) => e.i === i && e.text === 'n' + i).filter(x => x).length").contains("= 2000"))
  }

  @Test func `what a lengthened array got comes again after collections`() {
    let session = TestSession("let list = [0]; 0")
    for size in [10, 5000, 20_000, 40_000] {
      session("while (list.length < \(size)) list.push({i: list.length, text: 'n' + list.length}); 0")
    }
    session(":undo 4")
    for _ in 0..<2 { session(":gc --no-repl") }
    session(":redo 4")
    #expect(session("list.filter((e, i) => e.i === i && e.text === 'n' + i).length").contains("= 39999"))
  }

  @Test func `an error takes the whole statement back and says so`() {
    let session = TestSession("let a = [1], o = {n: 1}")
    session("a.push(2); o.n = 2; delete o.n; null.x")
    #expect(session.errors.hasSuffix("Nothing was changed (statement rolled back).\n"))
    #expect(session("JSON.stringify([a, o])").contains(#"[[1],{"n":1}]"#))
  }

  @Test func `a declaration of a failed statement is gone, too`() {
    let session = TestSession()
    session("let a = 1; var b = 2; function f() {} null.x")
    #expect(session("[typeof a, typeof b, typeof f].join()").contains("'undefined,undefined,undefined'"))
    #expect(session("let a = 5") == "$2 = 5\n")
  }

  @Test func `an error that changed nothing does not speak of it`() {
    let session = TestSession("let a = 1")
    session("nothing")
    #expect(!session.errors.contains("rolled back"))
  }

  @Test func `the error itself stays`() {
    let session = TestSession("let list = []")
    session("list.push({name: 'made here'}); throw Object.assign(new Error('with ' + 'x'.repeat(400)), {list})")
    #expect(session("_error.message.length + _error.list.length").contains("405"))
  }

  @Test func `what a failed statement left can be looked at until the next one`() {
    let session = TestSession("let a = [1]")
    session("a.push(2); null.x")
    #expect(session(":show a").contains("Array#1  [1]"))
    session(":failed")
    #expect(session(":show a").contains("[1, 2]"))
    session(":failed off")
    #expect(session(":show a").contains("Array#1  [1]"))
    session(":failed on")
    #expect(session("a.length") == "$2 = 1\n")
  }

  @Test func `a session that wants halves keeps them`() {
    let session = TestSession("let a = [1]") { $0.isAtomic = false }
    session("a.push(2); null.x")
    #expect(session("a.length") == "$2 = 2\n")
    session(":undo")
    #expect(session("a.length") == "$2 = 1\n")
  }

  @Test func `:undo says what it took back and what it can't`() {
    let session = TestSession("let pts = [{x: 1}]")
    session("pts.push({x: 9}); console.log('hi')")
    #expect(
      session.lines(":undo") == [
        "undid [2] pts.push({x: 9}); console.log('hi')", "now at [1]   (:redo to return)",
        "  ~ Array#2   .length  2 -> 1", "  ~           [1]  #3 removed", "  - Object#3 {x: 9}",
        "  not undone: 1 line printed to the screen",
      ])
    #expect(session("pts.length").contains("= 1"))
  }

  @Test func `looking at things does not end what :redo can bring back`() {
    let session = TestSession("let a = [1]", "a.push(2)")
    session(":undo")
    #expect(session("a.length") == "$2 = 1\n")
    session(":redo")
    #expect(session("a.length") == "$3 = 2\n")
  }

  @Test func `a new statement ends what :redo can bring back`() {
    let session = TestSession("let a = [1]", "a.push(2)")
    session(":undo")
    session("a.push(3)")
    session(":redo")
    #expect(session.errors == "Nothing to do again.\n")
  }

  @Test func `the names of results go back with the statement`() {
    let session = TestSession("'first'", "let o = {k: 1}", "'third'; o.k = 2")
    session(":undo")
    #expect(session("_.k") == "$3 = 1\n")
    session(":redo")
    #expect(session("_") == "$4 = 2\n")
  }

  @Test func `the last error is no difference between two moments`() {
    let session = TestSession("let o = {k: 1}", "nowhere", "o.k = 2")
    #expect(session.lines(":undo").contains { $0.contains("undid [3]") })
    #expect(session.lines(":diff").dropFirst() == ["  ~ o  #1 added", "  + Object#1 {k: 1}"])
    session("_error.message")
    session("nowhereElse")
    #expect(!session(":diff 0 now").contains("Error"))
    #expect(session("_error.message").contains("nowhereElse"))
    session(":redo")
    #expect(!session(":diff").contains("Error"))
    #expect(!session(":undo").contains("Error"))
  }

  @Test func `an undone object is no longer in the heap, and comes back as the same one`() {
    let session = TestSession("let a = [1]", "let o = {held: a}")
    session(":undo")
    session(":gc")
    session(":refs 2")
    #expect(session.errors == "Invalid heap reference: 2\n")
    session(":redo")
    #expect(session(":refs 2").contains("#2 Object"))
    #expect(session("o.held === a").contains("true"))
  }

  @Test func `:gc frees what only :undo could need, and :undo brings it back`() {
    let session = TestSession("let o = {deep: {er: [1, 2, 3]}}", "o = null")
    session(":gc --no-repl")
    #expect(session(":gc").contains("garbage 0"))
    session(":undo")
    #expect(session("o.deep.er.join()").contains("'1,2,3'"))
    #expect(session(":show o").contains("Object#3"))
  }

  @Test func `:goto goes to the moment after a statement, in both directions`() {
    let session = TestSession("let n = 0", "n = 1", "n = 2", "n = 3")
    session(":goto 2")
    #expect(session("n").contains("= 1"))
    session(":goto 4")
    #expect(session("n").contains("= 3"))
    session(":goto 0")
    #expect(session("typeof n").contains("'undefined'"))
    session(":goto [3]")
    #expect(session("n").contains("= 2"))
    session(":goto 99")
    #expect(session.errors.contains("There is no statement [99] yet"))
  }

  @Test func `:undo with a number goes back as many`() {
    let session = TestSession("let n = 0", "n = 1", "n = 2", "n = 3")
    session(":undo 2")
    #expect(session("n").contains("= 1"))
    session(":undo 99")
    #expect(session(":vars") == "No variables yet.\n")
    session(":undo")
    #expect(session.errors == "Nothing to undo yet.\n")
    session(":undo -1")
    #expect(session.errors.contains("not a number above 0"))
  }

  @Test func `an expression of a command leaves no trace`() {
    let session = TestSession("let a = [1]")
    #expect(session(":show (a.push(2), a)").contains("Array#1"))
    #expect(session("a.length").contains("= 1"))
  }

  @Test func `:diff shows changed slots with old and new value, new and gone objects`() {
    let session = TestSession("let gone = {}; let p = {x: 1}", "p.x = 5; p.y = [p]; delete p.z; gone = null")
    let lines = session.lines(":diff")
    #expect(lines[0].hasPrefix("before [2] -> now"))
    #expect(lines[0].hasSuffix("+1 object  -1 object  1 changed  1 variable"))
    #expect(
      lines.dropFirst() == [
        "  ~ gone  #1 -> null", "  ~ Object#2   .x  1 -> 5", "  ~            .y  #3 added",
        "  + Array#3 [{x: 5, y: [Circular #3]}]", "  - Object#1 {}",
      ])
    #expect(session.lines(":diff now 1").contains("  ~ Object#2   .x  5 -> 1"))
    #expect(session.lines(":diff 0 1")[0].hasSuffix("+2 objects  2 variables"))
    #expect(session("p.x").contains("= 5"))
  }

  @Test func `:diff sees maps, sets, elements far apart and captured variables`() {
    let session = TestSession(
      "let m = new Map([['k', 1]]); let s = new Set([1]); let far = []; let count = (n => () => n++)(0)")
    session("m.set('k', 2); s.add(7); far[1e6] = 1; count()")
    let text = session(":diff")
    #expect(text.contains("Map#3   [['k']]  1 -> 2"))
    #expect(text.contains("[[member 1]]  7 added"))
    #expect(text.contains("[1000000]  1 added"))
    #expect(text.contains("`n`  0 -> 1"))
  }

  @Test func `what differs in a large map is told as it is`() {
    let session = TestSession("let m = new Map(); for (let i = 0; i < 5000; i++) m.set('k' + i, i)")
    session(":checkpoint c")
    session("m.delete('k7'); m.set('k4000', 'new')")
    let lines = session.lines(":diff c")
    #expect(lines.contains { $0.contains("[['k4000']]  4000 -> 'new'") })
    #expect(lines.contains { $0.contains("[['k7']]  7 removed") })
    #expect(!lines.contains { $0.contains(" added") })
  }

  @Test func `:fx on says after each statement what it did`() {
    let session = TestSession("let a = [1]")
    session(":fx on")
    #expect(session("a.push(2)") == "$2 = 2\n  ~ Array#1   .length  1 -> 2\n  ~           [1]  2 added\n")
    #expect(session("a.length") == "$3 = 2\n  (nothing in the heap changed)\n")
  }
}

/// Programs that ask, at the prompt.
@Suite struct QuestionTests {
  @Test func `a program that asks waits, and goes on with the answer`() {
    let session = TestSession()
    session("let c = 'said ' + CC('Which colour?')")
    #expect(session.errors == "Paused at CC: Which colour?\n:answer TEXT goes on, :abort gives up.\n")
    #expect(session(":answer dark blue") == "$1 = 'said dark blue'\n")
    #expect(session("c").contains("'said dark blue'"))
  }

  @Test func `what running calls hold has one name in a drawing`() {
    let session = TestSession(
      "function ask(n) { let mine = [n]; return n ? ask(n - 1) : [1].map(x => CC('q' + mine)) }")
    session("ask(2)")
    let drawing = session.lines(":heap")
    #expect(drawing.count { $0.contains("(function)") || $0.contains("(temporary)") } <= 2)
    #expect(drawing.contains { $0.contains("  ask ----------> #1 function ask") })
    #expect(drawing.contains { $0.contains("  mine ---------> ") })
    #expect(!drawing.joined().contains("are ONE function"))
    #expect(session.lines(":refs ask").contains { $0.contains("running call of ask") })
  }

  @Test(arguments: [
    "function f(n) { return n ? f(n - 1) : CC('q') } f(50)",
    "[1].map(() => CC('q'))[0]",
    "[2, 1].sort((a, b) => { r = CC('q'); return a - b }); r",
    "({get x() { return CC('q') }}).x",
    "JSON.parse(JSON.stringify({toJSON() { return CC('q') }}))",
    "[...{[Symbol.iterator]: () => ({n: 0, next() { return {done: this.n++ > 0, value: CC('q')} }})}][0]",
    "'x'.replaceAll('x', () => CC('q'))",
    "`${{toString() { return CC('q') }}}`",
    "new (class { v = CC('q') })().v",
  ])
  func `CC asks wherever it stands`(expression: String) {
    let session = TestSession("let r")
    session(expression)
    session(":gc")
    while session.session.waiting != nil { session(":answer yes") }
    #expect(session("_").contains("'yes'"))
  }

  @Test func `the paused program's heap can be looked at`() {
    let session = TestSession("let box = {items: []}")
    session("function ask() { let local = ['inside']; box.items.push(local); return CC('?') + ' ' + local[0] } ask()")
    #expect(session(":show box.items[0]").contains("inside"))
    #expect(session(":refs box.items[0]").contains("local"))
    session(":answer still")
    #expect(session("_").contains("'still inside'"))
  }

  @Test func `what is typed while a program waits leaves no trace`() {
    let session = TestSession("let a = [1]")
    session("a.push(CC('?'))")
    #expect(session("a.push('typed'); a.length").contains("2"))
    session(":answer x")
    #expect(session("a.join()").contains("'1,x'"))
  }

  @Test func `a wrong answer can be taken back and given again`() {
    let session = TestSession("let log = []")
    session("log.push('start'); let r = CC('1 or 2?'); log.push(r); r")
    session(":answer 1")
    session(":undo")
    #expect(session(":show log").contains("['start']"))
    #expect(session(":answer 2") == "$3 = '2'\n" || session("log.join()").contains("'start,2'"))
    #expect(session("log.join()").contains("'start,2'"))
  }

  @Test func `a statement given up has done nothing`() {
    let session = TestSession("let a = [1]")
    session("a.push(2); CC('?')")
    session(":abort")
    #expect(session("a.length").contains("= 1"))
    session(":answer late")
    #expect(session.errors.hasSuffix("No program waits for an answer.\n"))
  }

  @Test func `an error after the answer leaves the question open`() {
    let session = TestSession("let a = [1]")
    session("a.push(2); let k = CC('key?'); a[k].x")
    session(":answer 77")
    #expect(session.errors.contains("Paused at CC: key?"))
    session(":answer 0")
    #expect(session("a.length").contains("= 2"))
  }

  @Test func `going back over the question ends the waiting`() {
    let session = TestSession("let a = [1]")
    session("a.push(2); CC('?')")
    session(":undo")
    #expect(session.session.waiting == nil)
    #expect(session("a.length").contains("= 1"))
    session(":goto 2")
    session(":answer x")
    #expect(session("a.length").contains("= 2"))
  }

  @Test func `what was before a restored checkpoint can't be compared, and that is said`() {
    let session = TestSession("let r1 = {a: 1}", "r1.a = 2")
    session(":checkpoint ck")
    session("r1.a = 3")
    session(":restore ck")
    for command in [":diff 0 now", ":diff 1 now", ":goto 0", ":goto 1"] {
      #expect(session.session.command(command) == .notFound)
      #expect(session.errors.hasSuffix("The history of this heap begins after [2].\n"))
    }
    session("r1.a = 5")
    #expect(session(":diff 2 now").contains("2 -> 5"))
    session(":reset")
    session("let n = 1")
    #expect(session(":diff 0 now").contains("n"))
    #expect(session(":goto 0").contains("now at"))
  }

  @Test func `:restore says what it takes away, and :undo after it why there is nothing`() {
    let session = TestSession("let r = {a: 1}", "r.a = 2")
    session(":checkpoint ck")
    #expect(session(":restore ck").contains("Earlier statements can't be undone"))
    session(":undo")
    #expect(session.errors.hasSuffix("Nothing to undo: the history of this heap begins after [2].\n"))
    #expect(!session(":restore ck").contains("can't be undone"))
  }

  @Test func `:goto says why it does not arrive where it was sent`() {
    let session = TestSession("let a = [1]", "a.push(2)", "a.push(3)")
    session(":undo")
    session("a.push(4)")
    session("1 + 1")
    #expect(
      session(":goto 3").contains("[3] is no step of this history: it changed nothing, or was undone and replaced."))
    #expect(session(":goto 3").contains("Already at [2]. [3] is no step"))
    #expect(!session(":goto 4").contains("no step"))
  }
}
