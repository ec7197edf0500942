console.log(Array.from('abc'), Array.from({ length: 3 }), Array.from({ length: 2, 0: 'x' }), Array.from([1, 2], (x, i) => x * i), Array.from(new Map([[1, 2]])), Array.from(new Set('aab')), Array.from(5), Array.from({}), Array.from([, 1]));
// expect: [ 'a', 'b', 'c' ] [ undefined, undefined, undefined ] [ 'x', undefined ] [ 0, 2 ] [ [ 1, 2 ] ] [ 'a', 'b' ] [] [] [ undefined, 1 ]
console.log(Array.isArray([]), Array.isArray({}), Array.isArray(Array.prototype), Array.isArray('x'), Array.isArray(), Array.of(), Array.of(3), Array.from({ length: 2 }, function (v, i) { return this.k + i; }, { k: 'k' }));
// expect: true false true false false [] [ 3 ] [ 'k0', 'k1' ]
for (const bad of [null, undefined]) {
  try {
    Array.from(bad);
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError object null is not iterable (cannot read property Symbol(Symbol.iterator))
    // expect: TypeError undefined is not iterable (cannot read property Symbol(Symbol.iterator))
  }
}
class L extends Array {}
console.log(L.from('ab') instanceof L, L.of(1).length, Array.from.call(Object, [1]).length); // expect: true 1 1
