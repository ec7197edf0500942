import CVMSyntax
import Testing

@Suite("The tree as its readers see it")
struct SyntaxTreeTests {
  private func tree(_ text: String, _ options: ParseOptions = ParseOptions()) -> SyntaxTree {
    parse(SourceFile(name: "test", text: text), options: options).tree
  }

  /// The source text of every node of a kind.
  private func texts(_ kind: NodeKind, in tree: SyntaxTree) -> [String] {
    (1..<tree.nodeCount).map { NodeID(index: UInt32($0)) }.filter { tree.kind($0) == kind }
      .map { tree.source.text(in: tree.range($0)) }
  }

  @Test func `ranges hold exactly the text of a node`() {
    let tree = tree("x = (a + b) * c.d[e](f); if (g) h; else { i }")
    #expect(texts(.binary, in: tree) == ["a + b", "(a + b) * c.d[e](f)"])
    #expect(texts(.call, in: tree) == ["c.d[e](f)"])
    #expect(texts(.index, in: tree) == ["c.d[e]"])
    #expect(texts(.ifStatement, in: tree) == ["if (g) h; else { i }"])
    #expect(texts(.expressionStatement, in: tree) == ["x = (a + b) * c.d[e](f);", "h;", "i"])
  }

  @Test func `the text of a function is what toString gives`() {
    let tree = tree(
      "class A { static async *m(a) { } get  b() { } static c = x => x; constructor() { } }; ({ async  d() { } })")
    let functions = texts(.functionExpression, in: tree)
    #expect(functions == ["async *m(a) { }", "get  b() { }", "constructor() { }", "async  d() { }"])
    #expect(texts(.arrowFunction, in: tree) == ["x => x"])
    #expect(texts(.classDeclaration, in: tree).count == 1)
  }

  @Test func `the length of a function counts parameters before the first default or rest`() {
    let tree = tree("a => 1; (a, {b}, c = 1, d) => 1; (...e) => 1; function f(a, b, ...c) {} (function () {})")
    let lengths = (1..<tree.nodeCount).map { NodeID(index: UInt32($0)) }
      .filter { [.arrowFunction, .functionDeclaration, .functionExpression].contains(tree.kind($0)) }
      .map { tree.function($0).length }
    #expect(lengths == [1, 2, 0, 2, 0])
  }

  @Test func `the place of a member's name is known`() {
    let tree = tree("a.  bcd")
    let statement = tree.body(tree.root)[0]
    let member = tree.member(tree.operand(statement))
    #expect(tree.source.text(in: member.nameRange) == "bcd")
  }

  @Test func `equal names have one id, in whatever notation`() {
    let tree = tree(#"abc; \u0061bc; "abc"; ({abc: 1}).abc; "日本"; "\u65e5\u672c"; "\ud83d\ude00"; "😀""#)
    let ids = (1..<tree.nodeCount).map { NodeID(index: UInt32($0)) }
      .filter { [.identifierReference, .stringLiteral, .propertyName].contains(tree.kind($0)) }
      .map { tree.name($0) }
    #expect(Set(ids).count == 3)
  }

  @Test func `well-known names have constant ids`() {
    let tree = tree("arguments2; constructor; x.__proto__")
    #expect(tree.names.find("constructor") == .constructor)
    #expect(tree.names.find("__proto__") == .proto)
    #expect(tree.text(.arguments) == "arguments")
    #expect(NameID.eval.wellKnown == .eval)
    #expect(tree.names.find("nowhere") == nil)
    for name in WellKnownName.allCases { #expect(tree.text(NameID(name)) == name.text) }
    // The table of texts stands beside that of the cases.
    for name in WellKnownName.allCases where ![.proto, .useStrict, .star].contains(name) {
      #expect(name.text == "\(name)")
    }
    #expect([WellKnownName.proto, .useStrict, .star].map(\.text) == ["__proto__", "use strict", "*"])
  }

  @Test func `strings keep lone surrogates and are Latin-1 where they can be`() throws {
    let tree = tree(#""\ud800x"; "é""#)
    let strings = tree.body(tree.root).map { tree.name(tree.operand($0)) }
    guard case .utf16(let wide) = tree.names.units(strings[0]), case .latin1(let narrow) = tree.names.units(strings[1])
    else {
      Issue.record("one string is wide, the other is narrow")
      return
    }
    #expect(Array(wide) == [0xD800, 0x78])
    #expect(Array(narrow) == [0xE9])
  }

  @Test func `top-level await is an operator where the options say so`() {
    let script = tree("await: for (;;) break await; await", ParseOptions())
    #expect(!script.hasTopLevelAwait)
    let prompt = tree("let a = await b; for await (const c of d) ;", ParseOptions(topLevelAwait: true))
    #expect(prompt.hasTopLevelAwait)
    #expect(!tree("async () => await b", ParseOptions(topLevelAwait: true)).hasTopLevelAwait)
  }

  @Test func `long chains nest to the left without a limit`() {
    for (text, kind) in [
      ("a" + String(repeating: "+a", count: 100_000), NodeKind.binary),
      ("a" + String(repeating: ".a", count: 100_000), .member),
      ("a" + String(repeating: "()", count: 100_000), .call),
      ("a" + String(repeating: "||a", count: 100_000), .logical),
      (String(repeating: "if(a)b;else ", count: 100_000) + "c", .ifStatement),
    ] {
      let result = parse(SourceFile(name: "test", text: text))
      #expect(!result.hasErrors)
      let tree = result.tree
      #expect((1..<tree.nodeCount).count { tree.kind(NodeID(index: UInt32($0))) == kind } == 100_000)
    }
  }

  @Test func `a dump of a deep tree stays readable`() {
    let tree = tree("a" + String(repeating: "+a", count: 5_000))
    let dump = ASTDump.text(of: tree, withRanges: true)
    #expect(dump.contains("(5002) left: identifierReference a @0..<1"))
  }
}
