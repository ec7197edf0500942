import Foundation
import Testing

@testable import CVMREPL

/// What the prompt answers to statements.
@Suite struct SessionTests {
  @Test func `a result stands beside its name, and an object's identity at the right edge`() {
    let session = TestSession()
    let line = session("let p = {x: 1, y: 2}")
    #expect(line.hasPrefix("$1 = {x: 1, y: 2} "))
    #expect(line.hasSuffix(" Object#1\n"))
    #expect(line.count == 81)
    #expect(session("1 + 1") == "$2 = 2\n")
  }

  @Test func `an array of one object twice says so`() {
    let session = TestSession("let p = {x: 1}")
    #expect(session("[p, p]").hasSuffix("Array#2, both items #1\n"))
    #expect(session("[p, p, p]").hasSuffix("Array#3, all 3 items #1\n"))
  }

  @Test func `each declared value takes a name`() {
    let session = TestSession()
    #expect(session("let a = 1, b = 2") == "$1 = 1\n$2 = 2\n")
    #expect(session("let later") == "")
    #expect(session("console.log('x')") == "x\n")
    #expect(session("$1 + $2") == "$3 = 3\n")
  }

  @Test func `undefined is shown unless the program printed something`() {
    let session = TestSession("let a = [1]; let m = new Map()")
    #expect(session("a[7]") == "undefined\n")
    #expect(session("m.get('key')") == "undefined\n")
    #expect(session("a.forEach(x => console.log(x))") == "1\n")
    #expect(session("let b") == "")
    #expect(session("if (a) {}") == "")
    #expect(session("2") == "$2 = 2\n")
  }

  @Test(arguments: [
    ("{a: 1}", "$1 = {a: 1} "), ("{a: 1, b: {c: 2}}", "$1 = {a: 1, b: {c: 2}} "), ("{}", "$1 = {} "),
    (" { f() {}, }", "$1 = {f: [Function: f]} "), ("{a: 1}.a", "$1 = 1\n"), ("{\n  a: 1\n}\n", "$1 = {a: 1} "),
  ]) func `a text in braces that can be an object is one`(text: String, expected: String) {
    let session = TestSession()
    #expect(session(text).hasPrefix(expected))
    #expect(session.errors == "")
  }

  @Test(arguments: [
    ("{ let x = 1; x + 1 }", "$1 = 2\n"), ("{ a: 1 };", "$1 = 1\n"), ("{ 5 }", "$1 = 5\n"), ("{} 5", "$1 = 5\n"),
    ("{ console.log(1) }", "1\n"), ("{ a: 1 }\n7", "$1 = 7\n"),
  ]) func `other texts in braces are blocks`(text: String, expected: String) {
    let session = TestSession()
    #expect(session(text) == expected)
    #expect(session.errors == "")
  }

  @Test func `_ is the last value until the program takes the name`() {
    let session = TestSession("20 + 1")
    #expect(session("_ * 2") == "$2 = 42\n")
    #expect(session("_") == "$3 = 42\n")
    session("let _ = 'mine'")
    session("1 + 1")
    #expect(session("_").contains("'mine'"))
    #expect(session("$2") == "$7 = 42\n")
  }

  @Test func `_ assigned to belongs to the program`() {
    let session = TestSession("5", "_ = 7", "1")
    #expect(session("_").contains("= 7"))
  }

  @Test func `_error is the last error`() {
    let session = TestSession("null.x")
    #expect(session("_error.message").contains("Cannot read properties of null"))
  }

  @Test(arguments: ["const", "let", "class"])
  func `a declaration replaces an earlier one and says so`(kind: String) {
    let session = TestSession(kind == "class" ? "class x {}" : "\(kind) x = 1")
    let text = session("const x = 2")
    #expect(text.contains("replaced \(kind) x (was "))
    #expect(session("x") == "$3 = 2\n")
  }

  @Test func `a replaced variable comes back when the new declaration fails`() {
    let session = TestSession("const x = 1", "const x = null.y")
    #expect(session("x").contains("= 1"))
  }

  @Test func `a statement sees what earlier statements declared`() {
    let session = TestSession("function f(n) { return n * factor }", "const factor = 3")
    #expect(session("f(14)").contains("42"))
  }

  @Test func `long values are cut to the line`() {
    let session = TestSession()
    for statement in [
      "Array.from({length: 1000}, (_, i) => i)", "'x'.repeat(5000)", "({a: 'y'.repeat(200), b: {c: {d: {e: 1}}}})",
      "let o = {}; for (let i = 0; i < 50; i++) o['property' + i] = i; o", "new Map([[1, 'z'.repeat(100)], [2, 3]])",
    ] {
      for line in session.lines(statement) { #expect(line.count <= 80, "\(line)") }
    }
    #expect(session("Array.from({length: 1000}, (_, i) => i)").contains("... 900 more items"))
  }

  @Test func `values that contain themselves are shown`() {
    let session = TestSession("let a = [1]", "a.push(a)")
    #expect(session("a").contains("[1, [Circular #1]]"))
  }

  @Test func `large values are folded, and what is hidden can be seen`() throws {
    let session = TestSession()
    let lines = session.lines("let o = {}; for (let i = 0; i < 50; i++) o['property' + i] = i; o")
    #expect(lines.count == 12)
    #expect(lines[0].hasPrefix("$1 = {") && lines[0].hasSuffix("Object#1"))
    #expect(lines[11] == "... 41 more lines: :show $1 --all")
    #expect(session(":show $1 --all").contains(".property49"))
    let text = session.lines("'x'.repeat(5000)")
    #expect(text.count == 12)
    #expect(text[11] == "... 5,000 characters in all: console.log($2)")
    session(":set lines 3")
    #expect(session.lines("o").count == 3)
  }

  @Test func `a value that fits is shown as a whole, on more lines when one is too short`() {
    let session = TestSession()
    let lines = session.lines("({name: 'n'.repeat(30), tags: ['a', 'b'], nested: {deep: [1, 2, 3]}, f() {}})")
    #expect(lines.count == 6)
    #expect(lines[3] == "  nested: {deep: [1, 2, 3]},")
    #expect(lines[5] == "}")
  }

  @Test func `an error as a value is shown with its stack`() {
    let session = TestSession("function f() { return new TypeError('no') }")
    let lines = session.lines("f()")
    #expect(lines[0].hasPrefix("$2 = TypeError: no ") && lines[0].hasSuffix("TypeError#2"))
    #expect(lines[1].hasPrefix("    at f ([1]:1:"))
  }

  @Test func `a second name for an object is told once`() {
    let session = TestSession("let p = {x: 1}")
    #expect(session("let q = p").contains("q and p are ONE object, #1"))
    #expect(!session("q").contains("ONE"))
    #expect(TestSession("let a = [1]")("let b = a").contains("b and a are ONE array, #1"))
    #expect(!session("let r = p").contains("ONE"))
    session("let other = {}, list = [other]")
    #expect(session("list[0]").contains("list[0] and other are ONE object"))
    session(":mode expert")
    session("let a = {}")
    #expect(!session("let b = a").contains("ONE"))
  }

  @Test func `colours change nothing but the colour`() {
    let setup = "let p = {x: 1, s: 'text', f() {}}, long = Array.from({length: 40}, (_, i) => 'item ' + i)"
    let plain = TestSession(setup)
    let coloured = TestSession(setup)
    coloured.session.options.usesColor = true
    for statement in ["p", "long", "'it'", "5", "null", "new Error('x')", "({a: 'unclosed ` quote', '日本': 1})"] {
      let text = coloured(statement)
      #expect(text.contains("\u{1B}["))
      let stripped = text.replacingOccurrences(of: "\u{1B}\\[[0-9;]*m", with: "", options: .regularExpression)
      #expect(stripped == plain(statement))
    }
  }

  @Test func `what stands for a value has one colour, and what is no code has none of code`() {
    let session = TestSession()
    session.session.options.usesColor = true
    #expect(session("new Date(0)").contains("\u{1B}[35m1970-01-01T00:00:00.000Z\u{1B}[0m"))
    let text = session("({get a() { return 1 }, f() {}, h: [, , 1], s: '[Getter] 5'})")
    for part in ["[Getter]", "[Function: f]", "<2 empty items>"] {
      #expect(text.contains("\u{1B}[36m\(part)\u{1B}[0m"))
    }
    #expect(text.contains("\u{1B}[32m'[Getter] 5'\u{1B}[0m"))
    #expect(session("new Error('e')").contains("\u{1B}[2m    at [3]:1:1\u{1B}[0m"))
  }

  @Test func `keys that are not identifiers are quoted, and __proto__ is told from the prototype`() {
    let session = TestSession()
    #expect(
      session("({'a-b': 1, 7: 2, ['__proto__']: 3, [Symbol('s')]: 4})").contains(
        "'a-b': 1, ['__proto__']: 3, [Symbol(s)]: 4"))
  }

  @Test func `kinds of values are recognisable`() {
    let session = TestSession()
    #expect(session("-0") == "$1 = -0\n")
    #expect(session("'it\\'s'") == "$2 = \"it's\"\n")
    #expect(session("null") == "$3 = null\n")
    #expect(session("Symbol('s')") == "$4 = Symbol(s)\n")
    #expect(session("({get x() { return 1 }})").contains("{x: [Getter]}"))
    #expect(session("class Point { constructor() { this.x = 1 } }; new Point()").contains("Point {x: 1}"))
    #expect(session(#"'it\'s "q"'"#).contains(#"= `it's "q"`"#))
    #expect(session(#""\x1b\ud800""#).contains(#"= '\x1B\ud800'"#))
    #expect(session("[1, , 3]").contains("[1, <1 empty item>, 3]"))
    #expect(session("new Map([['k', 1]])").contains("Map(1) {'k' => 1}"))
    #expect(session("new Set([1, 2])").contains("Set(2) {1, 2}"))
    #expect(session("new TypeError('no')").contains("TypeError: no"))
  }

  // MARK: Errors

  @Test func `an uncaught error shows place, line and caret`() {
    let session = TestSession("let x = 1")
    session("x.y.z")
    #expect(
      session.errors == """
        Uncaught TypeError: Cannot read properties of undefined (reading 'z')
        [2]:1:5
          x.y.z
              ^
          x is 1, a number, and has no y.

        """)
  }

  @Test func `a call of what is no function names what may have been meant`() {
    let session = TestSession("let pts = [1, 2]")
    session("pts.mapp(x => x)")
    let errors = session.errors
    #expect(errors.contains("pts is Array#1, length 2."))
    #expect(errors.contains("Did you mean map ?"))
  }

  @Test func `the part of a path that is missing is named, with what is there`() {
    let session = TestSession("let o = {inner: {method() {}}}, list = [1]")
    session("o.iner.method()")
    #expect(session.errors.contains("o is Object#3.  Did you mean inner ?"))
    session("list.length.foo()")
    #expect(session.errors.contains("list.length is 1, a number, and has no foo."))
    session("o.nothing()")
    #expect(session.errors.contains("o is Object#3 and has no nothing."))
    session("list.length()")
    #expect(session.errors.contains("list.length is 1, a number."))
    session("list()")
    #expect(session.errors.contains("list is Array#4."))
    session("[1].mapp(1)")
    #expect(session.errors.hasSuffix("  Did you mean map ?\n"))
    session("Math.sqrtt(4)")
    #expect(session.errors.hasSuffix("  Did you mean sqrt or SQRT2 ?\n"))
  }

  @Test func `where a person types, the caret stands below the statement itself`() {
    let session = TestSession("let pts = [1]") { $0.isInteractive = true }
    func type(_ text: String) -> [String] {
      _ = session.session.evaluateTyped(Array(text.utf8), promptWidth: 5)
      return session.errors.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(type("pts.mapp(1)")[0] == "         ^^^^")
    #expect(type("let = 2").prefix(2) == ["         ^", "SyntaxError: Expected a name, found `=`"])
    #expect(type("'\u{65E5}\u{672C}' + nope")[0] == "              ^^^^")
    #expect(type("if (pts) {\n  nope }")[0] == "       ^^^^")
    // What is not just above is shown again.
    #expect(type("console.log('between'); nope")[0].hasPrefix("Uncaught"))
    #expect(type("nope\n\n;1")[1].hasPrefix("["))
    #expect(type("\tnope")[0].hasPrefix("Uncaught"))
    #expect(type("\(String(repeating: "x", count: 90))")[0].hasPrefix("Uncaught"))
  }

  @Test func `an error's text cannot move the cursor`() {
    let session = TestSession("throw new Error('a\\u001b[2Jb\\nc')")
    #expect(session.errors.hasPrefix("Uncaught Error: a\\x1B[2Jb\nc\n"))
  }

  @Test func `an undefined name names what may have been meant`() {
    let session = TestSession("let counter = 1")
    session("countr + 1")
    #expect(session.errors.contains("Did you mean counter ?"))
  }

  @Test func `a syntax error shows place, line and caret, and nothing runs`() {
    let session = TestSession()
    session("console.log('ran'); let = = 2")
    #expect(session.output == "")
    let errors = session.errors
    #expect(errors.contains("[1]:1:"))
    #expect(errors.contains("SyntaxError: "))
    #expect(errors.contains("^"))
  }

  @Test func `the session goes on after an error`() {
    let session = TestSession("let a = [1]", "null.x", ":nonsense", "throw 5")
    #expect(session("a").contains("[1]"))
  }

  // MARK: Limits and pauses

  @Test func `a step limit stops the statement and the session goes on`() {
    let session = TestSession { $0.limits.steps = 100_000 }
    #expect(session.session.evaluate("let n = 0; for (;;) n++") == .limit)
    #expect(session.errors.contains("step limit"))
    #expect(session("typeof n").contains("'undefined'"))
  }

  @Test func `an interrupt stops the statement`() {
    let session = TestSession()
    session.session.machine.interruptSwitch.pointee = 1
    #expect(session.session.evaluate("for (;;);") == .interrupted)
    #expect(session("1 + 1").contains("2"))
  }

  @Test(arguments: [":heap", ":heap --all", ":find Array", ":refs a", ":checkpoint"])
  func `an interrupt stops a command that looks at the whole heap`(line: String) {
    let session = TestSession("let a = []")
    session.session.machine.interruptSwitch.pointee = 1
    #expect(session.session.command(line) == .interrupted)
    #expect(session.errors.contains("Interrupted"))
    #expect(session.session.command(line) == .done)
  }

  @Test func `a pause at CC is answered in order, and without an answer it is status 5`() {
    let session = TestSession { $0.answers = ["Ann", "42"] }
    #expect(session("CC('name?') + ' ' + CC('age?')").contains("'Ann 42'"))
    #expect(session.session.evaluate("CC('more?')") == .paused)
    #expect(session.errors.contains("more?"))
    #expect(session("1 + 1").contains("2"))
  }
}
