// Once an iterator is done it is not asked again.
const counting = () => { let calls = 0; return { [Symbol.iterator]: () => ({ next() { calls++; return { done: true }; } }), get calls() { return calls; } }; };
for (const use of [([a, b]) => [a, b], ([a, ...b]) => [a, b], ([, , a = 1]) => a]) {
  const source = counting();
  console.log(use(source), source.calls);
}
// expect: [ undefined, undefined ] 1
// expect: [ undefined, [] ] 1
// expect: 1 1
const [a, b] = '';
const [c, ...d] = new Set([]);
const [e, f, g] = new Map([[1, 2]]);
let h, i;
[h, i] = (function* () {})();
console.log(a, b, c, d, e, f, g, h, i); // expect: undefined undefined undefined [] [ 1, 2 ] undefined undefined undefined undefined
for (const key of [1, 'length', 5]) {
  try {
    console.log(delete 'abc'[key]);
  } catch (error) {
    console.log(error.name, error.message);
  }
}
// expect: TypeError Cannot delete property '1' of [object String]
// expect: TypeError Cannot delete property 'length' of [object String]
// expect: true
