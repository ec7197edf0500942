import CVMBytecode
import CVMCompiler
import CVMSyntax
import Testing

@Suite("What the compiler promises of single constructs")
struct ProgramTests {
  @Test func `s = s + i is one instruction, i++ another`() throws {
    let block = try code("function f(s, i) { s = s + i; i++; }").nested[0]
    #expect(rows(block) == ["ADD s, s, i", "INCREMENT i, i", "RETURN_UNDEFINED "])
  }

  @Test func `a call of fib takes eight instructions to the next calls and back`() throws {
    let fib = try code("function fib(n) { if (n < 2) return n; return fib(n - 1) + fib(n - 2); }").nested[0]
    #expect(
      Disassembler(fib).rows().map(\.mnemonic) == [
        "JUMP_NOT_LESS_THAN_INT", "RETURN", "LOAD", "SUB_INT", "CALL", "LOAD", "SUB_INT", "CALL", "ADD", "RETURN",
      ])
  }

  @Test func `an operand that a later one assigns keeps its old value`() throws {
    let block = try code("function f(a, g) { return a + (a = 2); }").nested[0]
    #expect(rows(block).first == "MOVE r2, a")
  }

  @Test func `a program tells which globals it declares`() throws {
    let block = try code("var a; let b = 1; const [c] = [2]; function d() {} class E {} { let inner; var f; }")
    let names = block.globalDeclarations.map { "\($0.kind) \(String(decoding: $0.name, as: UTF16.self))" }
    #expect(names.sorted() == ["class E", "const c", "function d", "let b", "var a", "var f"])
  }

  @Test(arguments: [
    ("1; if (false) {}", "undefined"), ("1; var x = 2;", "1"), ("5; function f() {}", "5"), ("3; {}", "3"),
  ])
  func `the completion value of a program is that of its last statement that has one`(
    _ source: String, _ expected: String
  ) throws {
    let block = try code(source, options: CompileOptions(completionValue: true))
    let listing = rows(block)
    #expect(listing.last == "RETURN r0")
    let loads = listing.filter { $0.hasPrefix("LOAD_INT r0") || $0.hasPrefix("LOAD_SPECIAL r0") }
    #expect(loads.last?.hasSuffix(", \(expected)") == true)
  }

  @Test func `main is called when the program does not do it`() throws {
    func calls(_ source: String) throws -> Int {
      let block = try code(source, options: CompileOptions(callsMain: true))
      return rows(block).filter { $0.hasPrefix("CALL ") }.count
    }
    #expect(try calls("function main() { return 1; }") == 1)
    #expect(try calls("function main() {} main();") == 1)
    #expect(try calls("function main() { return main(); } function other() { main(); }") == 1)
    #expect(try calls("const main = 1;") == 0)
  }

  @Test(arguments: [
    ("const f = () => {};", "f"), ("let f = function () {};", "f"), ("x = class {};", "x"),
    ("({ key: () => {} });", "key"), ("({ 1.5: () => {} });", "1.5"), ("const { f = () => {} } = {};", "f"),
    ("const f = function own() {};", "own"), ("(() => {});", ""), ("o.f = () => {};", ""),
    ("({ get a() {} });", "get a"),
    ("(class { set a(v) {} }).x;", ""), ("x ??= () => {};", "x"),
  ])
  func `functions get the name of the variable or property they are given to`(
    _ source: String, _ name: String
  ) throws {
    #expect(String(decoding: try code(source).nested[0].name, as: UTF16.self) == name)
  }

  @Test func `a constructor says how many properties its instances will have`() throws {
    let block = try code("class P { a = 1; b; constructor() { this.x = 1; this.y = 2; this.x = 3; } }")
    #expect(all(block).contains { $0.kind == .baseConstructor && $0.instanceSlotHint == 4 })
  }

  @Test(arguments: [
    ("a.b(c)", "METHOD_GET", "a.b", 2), ("f(c)", "CALL", "f", 0), ("f()()", "CALL", "f()", 3),
    ("new X()", "CONSTRUCT", "X", 0),
    ("throw  e", "THROW", "throw  e", 0), ("a.b", "PROPERTY_GET", "a.b", 2), ("a[b]", "ARRAY_GET", "a[b]", 1),
    ("a + b", "ADD", "a + b", 2), ("a.b = c", "PROPERTY_SET", "a.b", 4), ("nowhere", "LOAD", "nowhere", 0),
    ("(a)[b](c)", "CALL_METHOD", "(a)[b]", 6), ("-a", "NEGATE", "-a", 0),
  ])
  func `errors name an expression and point into it`(
    _ source: String, _ mnemonic: String, _ text: String, _ caret: Int
  ) throws {
    let block = try code(source)
    let row = try #require(Disassembler(block).rows().last { $0.mnemonic == mnemonic })
    let entry = try #require(block.sourceMap.entry(at: UInt32(row.pc)))
    let bytes = Array(source.utf8)
    #expect(String(decoding: bytes[Int(entry.start)..<Int(entry.end)], as: UTF8.self) == text)
    #expect(Int(entry.caret) == caret)
  }

  @Test(arguments: [
    ("async function* g() {}", "async generators are not supported yet"),
    ("async () => {}", "async functions are not supported yet"),
  ])
  func `what is missing is an error that names it`(_ source: String, _ message: String) {
    #expect(messages(source) == [message])
  }

  @Test func `one program can have several errors, each with its place`() {
    let result = compile("x = async () => {};\ny = async () => {};")
    #expect(result.diagnostics.map(\.range.start) == [4, 24])
  }
}

@Suite("Programs beyond the usual sizes")
struct ExtremeProgramTests {
  @Test(arguments: ["a + ", "a && ", "a || ", "a ?? ", "1 + "])
  func `a chain of a hundred thousand operators compiles`(_ link: String) throws {
    _ = try code("let a; x = " + String(repeating: link, count: 100_000) + "a;")
  }

  @Test(arguments: [".b", "()", "[0]", "?.b"])
  func `a chain of a hundred thousand accesses or calls compiles`(_ link: String) throws {
    _ = try code("let a; x = a" + String(repeating: link, count: 100_000) + ";")
  }

  @Test func `an else-if chain of twenty thousand branches compiles`() throws {
    _ = try code("let a;" + (0..<20_000).map { "if (a === \($0)) a = 1; else " }.joined() + "a = 2;")
  }

  @Test(arguments: [
    ("(", ")"), ("[", "]"), ("f(", ")"), ("-(", ")"), ("x + (", ")"), ("{ a: ", "}"), ("a ? b : (", ")"),
  ])
  func `expressions nested nine hundred deep compile`(_ open: String, _ close: String) throws {
    _ = try code(
      "x = " + String(repeating: open, count: 900) + "1" + String(repeating: close, count: 900) + ";")
  }

  @Test func `a function may have more variables, parameters and captured variables than registers`() throws {
    let names = (0..<600).map { "v\($0)" }
    let sum = names.joined(separator: " + ")
    _ = try code("function f() { let \(names.map { "\($0) = 1" }.joined(separator: ", ")); return \(sum); }")
    _ = try code("function f() { let \(names.map { "\($0) = 1" }.joined(separator: ", ")); return () => \(sum); }")
    _ = try code("function f(\(names.joined(separator: ", "))) { return \(sum); }")
    _ = try code("function f(\(names.joined(separator: ", ")), ...rest) { return () => \(sum) + rest; }")
    _ = try code("f(\(names.joined(separator: ", ")));")
    _ = try code("x = [\(names.joined(separator: ", "))]; y = {\(names.joined(separator: ", "))};")
  }
}
