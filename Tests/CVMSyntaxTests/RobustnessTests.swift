import CVMSyntax
import CVMTestSupport
import Testing

@Suite("Any input gets an answer")
struct RobustnessTests {
  static let corpus = [
    "let {a, b: [c = 1, ...d]} = e; for (const [k, v] of m) f(`x${k}y${v}`, ...g);",
    "class A extends B { #p = 1; static { this.x = 1 } get x() { return this.#p } constructor() { super() } async *m() {} }",
    "a?.b?.[c]?.(d) ?? (e, f) => g; async ({h = 1}, [i]) => { await j }; [k, l.m = 1, ...[n]] = o;",
    "outer: for (let i = 0, j; i < 10; i++) { switch (i) { case 1: continue outer; default: break } }",
    "try { throw new E('x\\u{41}\\n') } catch ({message}) { } finally { } /re[/]x/gi.test(1 / 2); 0x1F + 1_000n - .5e-3",
    "do { if (a) b; else if (c) d; else { } } while (e) var f = function* () { yield* g; yield }, h = { get i() {}, ['j']: 1 }",
    "\u{FEFF}// 日本\n'\u{2028}é😀' + ünï /* \n */ ; tag`\\u{zz}`; x = y => ({z: 1}); new (a())(b)`c`",
  ]

  static let typeScriptCorpus = [
    "let a: Map<string, Array<number>> = new Map<string, B>(), b!: (c: d, ...e: f[]) => g is h; f<T>(x); (a as b).c!.d",
    "interface A<T> extends B { (x: 1): 2; [k: string]: any; readonly m?: T[K] } type C<T> = T extends infer U ? U : never",
    "class A<T> extends B<T> implements C { private x?: number = 1; abstract y(): void; m<T>(this: A, z?: T): asserts z is U {} }",
    "const f = async <T,>(x: T, {y}: Z = {}): Promise<void> => a ? (b) : c => d; declare function g(): void; <any>h",
  ]

  private func check(_ bytes: [UInt8], _ dialect: Dialect = .javaScript) {
    let source = SourceFile(name: "test", bytes: bytes)
    let result = parse(source, options: ParseOptions(dialect: dialect, selfHosted: true))
    let end = UInt32(bytes.count)
    for diagnostic in result.diagnostics {
      #expect(diagnostic.range.start <= diagnostic.range.end)
      #expect(diagnostic.range.start <= end)
    }
    #expect(!DiagnosticRenderer().render(result.diagnostics, in: source).isEmpty == result.hasErrors)
  }

  @Test(arguments: corpus) func `a program cut at any byte`(program: String) {
    let bytes = Array(program.utf8)
    for count in 0...bytes.count { check(Array(bytes[..<count])) }
  }

  @Test(arguments: typeScriptCorpus) func `a TypeScript program cut at any byte`(program: String) {
    let bytes = Array(program.utf8)
    for count in 0...bytes.count { check(Array(bytes[..<count]), .typeScript) }
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func `programs with random changes`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let texts = (Self.corpus + Self.typeScriptCorpus).map { Array($0.utf8) }
    for _ in 0..<100 {
      var bytes = texts.randomElement(using: &generator) ?? []
      for _ in 0..<Int.random(in: 1...4, using: &generator) { change(&bytes, texts, &generator) }
      check(bytes, Bool.random(using: &generator) ? .javaScript : .typeScript)
      _ = InputCompleteness.check(String(decoding: bytes, as: UTF8.self))
    }
  }

  private func change(_ bytes: inout [UInt8], _ texts: [[UInt8]], _ generator: inout SeededGenerator) {
    let position = Int.random(in: 0...bytes.count, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0:
      bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
    case 1:
      let end = min(bytes.count, position + Int.random(in: 1...8, using: &generator))
      bytes.removeSubrange(position..<end)
    case 2:
      bytes.insert("(){}[]`'\"/*<>:;,.=?!#\\\n".utf8.randomElement(using: &generator) ?? 0x28, at: position)
    default:
      let other = texts.randomElement(using: &generator) ?? []
      let start = Int.random(in: 0..<other.count, using: &generator)
      bytes.insert(contentsOf: other[start..<min(other.count, start + 12)], at: position)
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>) func `random bytes`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for count in [1, 10, 100, 5_000] {
      check((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  @Test(arguments: [
    "(", "[", "{", "`${", "((", "([", "({a:", "f(", "a[", "!", "-", "typeof ", "await ", "++", "new ", "a?b:", "a?",
    "a=>", "async()=>", "(a=", "a=", "a**", "[...", "({...", "({[", "let [", "let {a:", "let {a=", "function f(a=",
    "function f(){", "()=>{", "class A extends ", "class A{a=", "class A{static{", "class A{[", "if(a)", "if(a){}else{",
    "for(;;)", "while(", "do ", "switch(a){case 1:", "switch(", "try{", "{a:", "a:", "b`${", "%f(", "(a,", "x={m(){",
    "a??(", "yield ", "throw ", "return ", "a.b(", "import(", "export ", "export default ",
  ]) func `a hundred thousand open constructs`(construct: String) {
    let text = String(repeating: construct, count: 100_000)
    #expect(!findings(text).isEmpty)
  }

  @Test(arguments: [
    ("let x:", "("), ("let x:", "{a:"), ("let x:", "["), ("let x:", "a extends b?"), ("let x:", "a<"),
    ("let x:", "new()=>"), ("let x:", "(a:b)=>"), ("let x:", "`${"), ("let x:", "import("),
    ("let x:", "a|("), ("x = ", "a<"), ("x = ", "f<("), ("x = ", "f<{[a<"), ("", "<a>"), ("", "<a>("),
    ("", "async<a>("),
    ("", "(a:"), ("", "(a):"), ("", "a?(b):"), ("", "x as "), ("", "type A="), ("", "interface A{a:"),
    ("", "namespace A{"), ("", "declare namespace A{"), ("", "class A<a extends "), ("", "let x:"),
  ]) func `a hundred thousand open constructs of TypeScript`(beginning: String, construct: String) {
    let text = beginning + String(repeating: construct, count: 100_000)
    #expect(!findings(text, ParseOptions(dialect: .typeScript)).isEmpty)
  }

  @Test func `the nesting limit is exact and says where`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
    }
    #expect(findings(nested(1_998)) == [])
    #expect(findings(nested(1_999)) == ["1:2000-1:2001 The code is nested too deep: more than 2000 levels"])
  }

  @Test func `a very long line`() {
    let text = String(repeating: "a;", count: 2_000_000) + "let = 1"
    let source = SourceFile(name: "test", text: text)
    let result = parse(source)
    #expect(result.diagnostics.count == 1)
    let lines = DiagnosticRenderer().render(result.diagnostics, in: source).split(separator: "\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 80 })
  }

  @Test func `many errors end after a limit`() {
    let text = String(repeating: "let = 1\n", count: 1_000)
    #expect(findings(text).count == 20)
    #expect(findings(text, ParseOptions(maximumErrorCount: 3)).count == 3)
    #expect(findings(String(repeating: "'\\1';", count: 100_000)).count == 20)
  }

  @Test func `work with a deep recursion runs inside and outside of a large stack`() {
    func depth(_ count: Int) -> Int { count == 0 ? 0 : 1 + depth(count - 1) }
    #expect(withLargeStack { withLargeStack { depth(200_000) } } == 200_000)
  }
}
