import CVMRuntime
import CVMSnapshot
import Testing

/// An idle machine goes through a checkpoint unchanged.
@Suite struct RoundTripTests {
  @Test(arguments: [
    ("let a = 1, b = -5, c = 2147483647, d = 3000000000", "[a, b, c, d]", "[1, -5, 2147483647, 3000000000]"),
    (
      "let a = 0.5, b = -0, c = NaN, d = -Infinity, e = Math.PI, f = 1e300", "[a, 1/b, c, d, e, f]",
      "[0.5, -Infinity, NaN, -Infinity, 3.141592653589793, 1e+300]"
    ),
    (
      "let a = 'héllo', b = 'ⓤ😀', c = '', d = '\\ud800', e = 'x'", "[a, b, c, d.charCodeAt(0), e]",
      "['héllo', 'ⓤ😀', '', 55296, 'x']"
    ),
    ("let p = {x: 1}; let q = [p, p]", "q[0] === p && q[1] === p", "true"),
    ("let p = {x: 1, y: 'a'}; p.self = p", "p.self.self === p && p.y", "'a'"),
    ("let a = [1,,3]; a.name = 'n'", "[a.length, 1 in a, a.name, a[2]]", "[3, false, 'n', 3]"),
    (
      "let a = []; a[4000000000] = 7; a[5] = 1", "[a.length, a[4000000000], Object.keys(a).join()]",
      "[4000000001, 7, '5,4000000000']"
    ),
    ("let o = {1: 'a', b: 2, 0: 'z'}", "Object.entries(o).join(';')", "'0,z;1,a;b,2'"),
    ("let s = ''; for (let i = 0; i < 100; i++) s += 'ab' + i", "s.length + s.slice(-4)", "'390ab99'"),
    (
      "let m = new Map([['a', 1], [{}, 2], [NaN, 3]]); m.delete('a'); m.set('a', 4)",
      "[m.size, [...m.values()].join(), m.get(NaN)]", "[3, '2,3,4', 3]"
    ),
    ("let s = new Set([3, 1, 2]); s.delete(3)", "[...s].join()", "'1,2'"),
    (
      "let s = new Set(['x', 1n, 2n, 'y', -(10n ** 30n)]); let m = new Map([[1n, 'one'], ['k', 2n], [10n ** 30n, 'big']])",
      "[[...s].join(), s.has(1n), s.has(2n), s.has('y'), s.has(-(10n ** 30n)), m.get(1n), m.get('k'), m.get(10n ** 30n)]",
      "['x,1,2,y,-1000000000000000000000000000000', true, true, true, true, 'one', 2n, 'big']"
    ),
    (
      "let m = new Map([[1n, 'a'], [2n, 'b'], [3n, 'c']]); let it = m.entries(); it.next(); m.delete(1n); m.set(4n, 'd')",
      "[...it].join(';') + m.size", "'2,b;3,c;4,d3'"
    ),
    (
      "let m = new Map([[1, 'a'], [2, 'b'], [3, 'c']]); let it = m.entries(); it.next(); m.delete(1)",
      "[...it].join(';')", "'2,b;3,c'"
    ),
    (
      "let m = new Map([[1, 1]]); let it = m.keys(); for (let i = 2; i < 50; i++) m.set(i, i); it.next(); m.delete(2)",
      "it.next().value", "3"
    ),
    ("let it = [1, 2, 3][Symbol.iterator](); it.next()", "[...it].join()", "'2,3'"),
    ("let it = 'a😀b'[Symbol.iterator](); it.next()", "[...it].join()", "'😀,b'"),
    (
      "const s = Symbol('mine'), t = Symbol.for('shared'); let o = {[s]: 1, [t]: 2}",
      "[o[s], o[Symbol.for('shared')], s.description, Symbol.keyFor(t)]", "[1, 2, 'mine', 'shared']"
    ),
    (
      "class A { q = 1; constructor(x) { this.x = x } get p() { return this.x + 1 } static make() { return new A(5) } }\nlet a = A.make()",
      "a instanceof A && a.p + new A(1).p", "8"
    ),
    (
      "class A { f() { return 1 } }; class B extends A { f() { return super.f() + 1 } }; let b = new B()",
      "b.f() + new B().f()", "4"
    ),
    (
      "function counter() { let n = 0; return {up: () => ++n, get: () => n} }\nlet c = counter(); c.up()",
      "c.up(); c.get()", "2"
    ),
    ("let f = function (a, b) { return this.k + a + b }.bind({k: 1}, 2)", "f(3)", "6"),
    (
      "let o = Object.freeze({a: 1}); let q = Object.seal({b: 1}); let r = Object.preventExtensions([1])",
      "[Object.isFrozen(o), Object.isSealed(q), Object.isExtensible(r)]", "[true, true, false]"
    ),
    (
      "let o = Object.create(null, {h: {value: 1, enumerable: false}, g: {get() { return 7 }, enumerable: true}})",
      "[Object.keys(o).join(), o.h, o.g, Object.getPrototypeOf(o)]", "['g', 1, 7, null]"
    ),
    (
      "let o = {}; for (let i = 0; i < 700; i++) o['k' + i] = i; delete o.k5", "[Object.keys(o).length, o.k699, o.k5]",
      "[699, 699, undefined]"
    ),
    (
      "let e = new TypeError('bad', {cause: 1})", "[e instanceof TypeError, e.message, e.cause, typeof e.stack]",
      "[true, 'bad', 1, 'string']"
    ),
    (
      "let n = new Number(5), s = new String('abc'), b = new Boolean(false)", "[n + 1, s.length, s[1], b.valueOf()]",
      "[6, 3, 'b', false]"
    ),
    ("function f() { return arguments }\nlet a = f(1, 'b')", "[a.length, a[1], [...a].join()]", "[2, 'b', '1,b']"),
    ("Array.prototype.last = function () { return this[this.length - 1] }", "[1, 2].last()", "2"),
    ("delete Array.prototype.map", "typeof [].map + Object.keys(Array.prototype).length", "'undefined0'"),
    ("globalThis.shared = {a: 1}; Math.twice = x => 2 * x", "Math.twice(globalThis.shared.a)", "2"),
    ("Object.prototype[3] = 'three'", "[][3] + ({})[3]", "'threethree'"),
    ("let o = {}; Object.setPrototypeOf(Map.prototype, o); o.extra = 5", "new Map().extra", "5"),
    ("const k = 1; var v = 2; function g() { return k + v }", "v = 10; g()", "11"),
    (
      "let x = {}; let proto = {hi() { return 'hi ' + this.n }}; Object.setPrototypeOf(x, proto); x.n = 1", "x.hi()",
      "'hi 1'"
    ),
    (
      "let a = BigInt(0), b = BigInt('-12345678901234567890123'), c = BigInt('18446744073709551616'); let o = {b}",
      "[a, b, c, o.b === b].join()",
      "'0,-12345678901234567890123,18446744073709551616,true'"
    ),
    ("console.count('a'); console.group('g')", "console.count('a')", "undefined"),
    (
      "let f = (a, ...r) => r.length", "[f.name, f.length, f.toString(), f(1, 2, 3)]",
      "['f', 1, '(a, ...r) => r.length', 2]"
    ),
  ])
  func `values, objects and functions are as they were`(first: String, second: String, expected: String) throws {
    #expect(try afterRestore(first, second) == expected)
  }

  @Test func `an object keeps its id, and a new one gets the next`() throws {
    let subject = Subject()
    subject.value("let a = {}, b = [a], c = {}")
    let ids = subject.value("c = null; b[0]")
    let last = subject.machine.lastObjectID
    try subject.replace()
    #expect(subject.machine.lastObjectID == last)
    #expect(subject.value("b[0]") == ids)
    let a = subject.machine.globalBinding("a")?.value
    #expect(a.flatMap { subject.machine.objectID(of: $0)?.number } == 1)
    subject.value("let d = {}")
    #expect(subject.machine.lastObjectID == last + 1)
  }

  @Test func `random numbers go on as they would have`() throws {
    let subject = Subject()
    subject.value("Math.random()")
    let saved = try subject.checkpoint
    let expected = subject.value("[Math.random(), Math.random()].join()")
    let file = try SnapshotFile(saved.bytes)
    for _ in 0..<2 {
      let other = try Subject(restoring: file)
      #expect(other.value("[Math.random(), Math.random()].join()") == expected)
    }
  }

  @Test func `a variable in its dead zone stays there`() throws {
    let subject = Subject()
    #expect(subject.value("throw new Error('x'); let later = 1").hasPrefix("threw"))
    try subject.replace()
    #expect(subject.value("later").hasPrefix("threw"))
    #expect(subject.machine.globalBinding("later")?.kind == .let)
  }

  @Test func `what nothing reaches is not saved`() throws {
    let subject = Subject()
    subject.value("let keep = 1")
    let before = try subject.checkpoint.byteCount
    subject.value("for (let i = 0; i < 1000; i++) ({i}); 0")
    #expect(try subject.checkpoint.byteCount < before + 400)
  }

  @Test func `the hash is that of the graph, not of its history`() throws {
    let one = Subject()
    one.value("let a = [1, 2, {x: 'y'}]")
    let first = try one.checkpoint.hash
    one.machine.collect()
    #expect(try one.checkpoint.hash == first)
    let other = Subject()
    other.value("let a = [1, 2, {x: 'y'}]")
    #expect(try other.replace().state.cellCount == one.checkpoint.state.cellCount)
    one.value("a.push(5); 0")
    #expect(try one.checkpoint.hash != first)
  }
}
