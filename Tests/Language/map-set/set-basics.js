const s = new Set([3, 1, 3, NaN, NaN, -0, 0, '1']);
console.log(s, s.size, s.has(0), s.has('3'), s.add(9) === s, s.delete(3), s.delete(3), [...s], [...s.entries()][0], s.keys === s.values, s[Symbol.iterator] === s.values);
// expect: Set(5) { 1, NaN, 0, '1', 9 } 5 true false true true false [ 1, NaN, 0, '1', 9 ] [ 1, 1 ] true true
s.forEach(function (v, k, all) { if (v !== v) console.log(v, k, all === s, this.t); }, { t: 'this' });
// expect: NaN NaN true this
console.log(new Set('hello').size, [...new Set([1, [1], [1]])], new Set(new Set([1])), new Set(new Map([[1, 2]])), new Set().size, s.clear(), s.size, Array.from(new Set([2, 2, 3]), (x) => x * 2));
// expect: 4 [ 1, [ 1 ], [ 1 ] ] Set(1) { 1 } Set(1) { [ 1, 2 ] } 0 undefined 0 [ 4, 6 ]
const union = new Set([...new Set([1, 2]), ...new Set([2, 3])]);
console.log(union, [...union].filter((x) => new Set([2]).has(x))); // expect: Set(3) { 1, 2, 3 } [ 2 ]
for (const f of [() => Set(), () => new Set(5), () => Set.prototype.has.call(new Map(), 1)]) {
  try {
    f();
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError Constructor Set requires 'new'
    // expect: TypeError number 5 is not iterable (cannot read property Symbol(Symbol.iterator))
    // expect: TypeError Method Set.prototype.has called on incompatible receiver #<Map>
  }
}
