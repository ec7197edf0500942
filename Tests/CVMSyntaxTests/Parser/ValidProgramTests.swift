import CVMSyntax
import Testing

@Suite("Programs that are valid in strict mode")
struct ValidProgramTests {
  /// A program a line; lines that begin with `|` continue the one before.
  static let programs = #"""
    let async = 1, of = 2, get = 3, set = 4, from = 5, as = 6, type = 7
    async = 1; async(1); async(...a, b); async.x; async
    async x => x; async (x) => x; async () => {}; async (a, ...b) => {}
    var async; async
    function f() {}
    for (async in x) ; for (async.x of y) ;
    for (async of => {};;) break
    for (let i = 0, j = 1; i < 2; i++) ;
    for (var x in y) ; for (x.y of z) ; for ([a, b] of c) ; for ({a = 1} of b) ;
    for (const x of y) for (const x of y) ;
    ({a, b = 1} = c); [a = 1, [b]] = c; ({a: [b = 1] = [], ...c} = d)
    ({__proto__: a, __proto__: b} = c); ({__proto__, __proto__: 1}); ({__proto__() {}, __proto__: 1})
    (a, b) => {}; (a = 1, {b}, [c] = [], ...d) => a
    ({a}) => a; ([a]) => a; (a, b = {c: 1}) => 1; ({a = 1}) => a; ({a = 1} = {}, b) => 1
    x => ({}); x => y => z; (x => x)(1); (() => {})()
    a ? (b) : c => d; a ? b => c : d => e; a ? (b, c) => d : e
    a?.b?.[c]?.(d).e; a.e`f`.g
    a?.5:1
    a ?? b ?? c; (a ?? b) || c; a || (b && c)
    a ** b ** c; (-a) ** b; 2 ** -1
    !a instanceof b; typeof typeof a; void 0; delete a.b; delete a[b]; delete a?.b
    new A; new A(); new A.B.C(1)(2); new (a())(); new new A()(); new a.b`x`
    a = b = c; a += b; a ||= b; a &&= b; a ??= b; a >>>= 1; a **= 2
    a, b, c; (a, b)
    x = a ? b : c ? d : e
    a++
    | b
    a
    | ++b
    | let y = 1
    | /foo/g.test(y)
    if (a) b; else c
    if (a) ; else if (b) ; else ;
    do a(); while (b) c()
    while (a) b()
    switch (a) { case 1: b; case 2: default: c; break }
    try {} catch {} ; try {} finally {} ; try {} catch ({a}) {} finally {}
    try {} catch (e) { var e }
    a: b: for (;;) { continue a; break b }
    a: { break a }
    throw a
    debugger
    class A {} ; class B extends A {} ; (class {}); (class A extends (a, b) {})
    class A { a; b = 1; static c; static d = 2; ['e'] = 3; 'f'; 1
    | ;#g = 4; static #h; static async; get; set; static; async }
    class A { get; x() {} ; set
    | y(v) {} ; static
    | z() {} ; get a() {} set a(b) {} static get b() {} async c() {}
    | *d() {} async *e() {} static async *f() {} get() {} set() {} static() {} async() {} 'constructor'() {} }
    class A { static { var a; let b; this.x = 1 } static {} ; constructor() {} ; static constructor() {} get ['constructor']() {} }
    class A { #a; static m(o) { return #a in o && o.#a && o?.#a && this.#a++ } get #b() {} set #b(x) {} #c() {} static async *#d() {} }
    class A extends B { constructor() { super(); super.x; super['y'] = 1; () => super() } m() { super.m() } x = super.y; static z = super.w; a = () => this; b = new.target }
    ({ get a() {}, set a(b) {}, async c() {}, *d() {}, async *e() {}, get: 1, set: 2, async: 3, async, get, set, static: 4, 'f'() {}, 1() {}, [g]() {}, get [h]() {}, get 'i'() {}, async [j]() {}, await: 1, if: 2, get if() {}, new: 1 })
    ({ m() { super.x } , get y() { return super.y } })
    function* g() { yield; yield a; yield* b; yield
    | a; (yield); [yield]; {yield}; `${yield}`; yield yield a; (yield) ? 1 : 2 ; x = yield }
    async function f() { await a; await (b); for await (const x of y) ; for await (z of w) ; (await a).b; async () => await c; -await d; (await a) ** 2 ; }
    function f(a, b = a, {c, d: e = 1, ...f2}, [g, , h = 2, ...[i]], ...{length}) { 'use\x20strict' }
    function f() { 'use strict'; return new.target }
    `a${b}c${`d${e}`}f`; tag`\unicode \x \u{zzzz}`; `
    | multi`; `$`; `$$ {`; `\``; `${{a: 1}.a}`
    "\u{1F600}\u00e9\x41\0\n\
    | continued"; '\u2028'
    0x1F + 0b11 + 0o17 + 1e3 + 1.5e-3 + .5 + 5. + 1_000 + 0xFFn + 10n + 0n + 1_0n + 0B1 + 0O7 + 0XaB
    /[/]/; /\//u; /(?<a>.)\k<a>/; /=/; /=a/; a = /b/ / /c/; a / b / c; (a) / b; [a] / b; a++ / 2; x = {} / 1
    if (a) /b/.c; {} /a/g
    var \u0061bc = 1, ünïcödé = 2, 变量 = 3, $ = 4, _ = 5, \u{61}x = 6, 𝒳 = 7
    /* a */ b /* c
    | */ d // e
    a <!--b
    var a; var a; function a() {} function a() {}
    function f(a) { var a; function a() {} }
    { function f() {} } { let f; { var g; } } var g
    let x; { let x; { let x } } function f(x) { { let x } }
    let undefined2; const {a2, b2: [c2]} = d; let [e2, ...f2] = g
    (function () { return this })(); (function f() {}); (async function f() {}); (function* f() {}); (async function* f() {})
    (function await() {}); function await2() { var await }; await: 1; var await
    return_: 1; a.if.class.new.function; a?.if; ({}).default
    a = b
    | (c)
    a = b
    | [c]
    a
    | /b/c
    var a
    | = 1, b
    let a
    let b
    let
    | c
    { 1 } { a } { a: 1 } ;;; 
    0..toString(); 1.0.toFixed(); 1 .x; 1n.x
    a in b; for (var i = (a in b); ; ) break; for (let i = [a in b]; ; ) break; for (let f = () => { a in b }; ; ) break
    a = async function () {}; a = async () => {}; a = async x => x; a = async
    a = {async
    | }; ({async
    | : 1})
    x = async
    | (y)
    (async (x) => x)(1); (async x => await x)
    [...a, ...b]; f(...a, b, ...c,); [, ]; [,,a]; [a,]
    if (a) { } else { }; for (;;) break; for (;a;) ; for (a;;b) break
    eval('x'); arguments2; (0, eval)('x')
    ({eval, arguments: a}); x.eval = 1; x.arguments++
    a = function () {} () ; +function () {} ()
    a => { } ; b
    a => {}
    | (b)
    var yield2; ({yield: 1}).yield; class X { yield() {} }
    x = a ? b : (c) => d; x = a ? (b) : (c); x = a ? ((b)) : c; x = a ? function () {} : () => {}
    async () => { for (const x of await y) ; for await (const [a, b] of c) ; await using2 }
    l: while (1) { if (x) break l; switch (y) { case 1: continue l; case 2: break } }
    label: { (function () { label: ; })() }
    export2; import2; let2; 
    a?.[0]?.b.c?.()
    """#.split(separator: "\n").reduce(into: [String]()) { programs, line in
      if line.hasPrefix("| ") {
        programs[programs.count - 1] += "\n" + line.dropFirst(2)
      } else {
        programs.append(String(line))
      }
    }

  @Test(arguments: programs) func `a valid program has no findings`(program: String) {
    #expect(findings(program) == [])
  }

  @Test func `HTML-like comments are operators`() {
    expectTree(
      "a <!--b",
      """
      expressionStatement
        binary <
          left: identifierReference a
          right: unary !
            update prefix --
              identifierReference b
      """)
  }
}
