import CVMRuntime
import CVMSnapshot

/// Machines worth saving: programs that wait for an answer in the midst of much else, and one that is done.
enum Samples {
  static let programs = [
    "let a = {x: 1, y: [1, 2.5, 'text', , -0]}, b = new Map([[a, 1]]), c = new Set(['a']), s = Symbol('s'); CC('?')",
    "[3, 1, 2].sort((a, b) => CC('?') + a - b).map(String).join()",
    """
    function* g(n) { try { for (const x of [n, [n]]) yield* [x, CC('?')] } finally { n = null } }
    let s = ''; for (const k in {a: 1, b: {c: 2}}) for (const v of g(k)) s += v; s
    """,
    """
    class A { #x = 1; get x() { return this.#x + CC('?') } static { this.s = [...'ab'] } }
    class B extends A { constructor(...r) { super(...r); this.all = {...this, y: super.x} } }
    JSON.stringify([new B(1), new Map([[1n, /a(b)/g]]), new Date(0)], (k, v) => typeof v === 'bigint' ? `${v}` : v)
    """,
    "'a-b-c'.replace(/[a-z]/g, m => CC(m)) + [...new Set([1, 2]).values().map(x => CC(x) + x)].join()",
    """
    const w = new WeakMap(), r = new WeakRef(w), e = new RangeError('no', {cause: 1}); let far = []; far[1e6] = w;
    w.set(e, Object.freeze({get a() { return CC('?') }, set a(v) {}, [Symbol.iterator]: 1, 'b c': -0, d: 'é\\u{1F600}'}));
    label: for (let i = 0; i < 2; i++) { try { (() => w.get(e).a)() } finally { if (i) break label } }
    """,
  ]

  static func machines() -> [Machine] {
    programs.map { program in
      let machine = Machine.small()
      _ = machine.run(program: program)
      return machine
    }
  }
}
