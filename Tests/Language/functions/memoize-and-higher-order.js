const memo = (f) => { const c = new Map(); return (...a) => { const k = a.join(); if (!c.has(k)) c.set(k, f(...a)); return c.get(k); }; };
const slow = memo((a, b) => (a <= 0 || b <= 0 ? 1 : slow(a - 1, b) + slow(a, b - 1)));
console.log(slow(12, 12)); // expect: 2704156
const pipe = (...fs) => (x) => fs.reduce((v, f) => f(v), x);
console.log(pipe((x) => x + 1, String, (s) => s.padStart(3, '0'), (s) => [...s])(6)); // expect: [ '0', '0', '7' ]
const partial = (f, ...a) => (...b) => f(...a, ...b);
console.log(partial(Math.max, 5)(3, 9), partial((...x) => x.length, 1, 2)(3)); // expect: 9 3
const debounce = (f, n) => { let c = 0; return (...a) => (++c % n === 0 ? f(...a) : undefined); };
const d = debounce((x) => x, 3);
console.log([1, 2, 3, 4, 5, 6].map(d)); // expect: [ undefined, undefined, 3, undefined, undefined, 6 ]
const zip = (...l) => Array.from({ length: Math.min(...l.map((x) => x.length)) }, (_, i) => l.map((x) => x[i]));
console.log(zip([1, 2, 3], 'ab', [true, false, null])); // expect: [ [ 1, 'a', true ], [ 2, 'b', false ] ]
const groupBy = (l, f) => l.reduce((g, x) => ({ ...g, [f(x)]: [...(g[f(x)] ?? []), x] }), {});
console.log(groupBy(['one', 'two', 'three', 'four'], (w) => w.length));
// expect: { '3': [ 'one', 'two' ], '4': [ 'four' ], '5': [ 'three' ] }
const Y = (f) => ((x) => x(x))((x) => f((y) => x(x)(y)));
console.log(Y((f) => (n) => (n < 2 ? 1 : n * f(n - 1)))(10)); // expect: 3628800
const church = (n) => (f) => (x) => { let r = x; for (let i = 0; i < n; i++) r = f(r); return r; };
console.log(church(5)((x) => x * 2)(1), ((a, b) => (f) => (x) => a(f)(b(f)(x)))(church(2), church(3))((x) => x + 1)(0));
// expect: 32 5
