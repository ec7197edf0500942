// not for node: version 20 has no methods of sets yet
const a = new Set([1, 2, 3]);
const b = new Set([3, 4]);
console.log(a.union(b), a.intersection(b), b.intersection(a)); // expect: Set(4) { 1, 2, 3, 4 } Set(1) { 3 } Set(1) { 3 }
console.log(a.difference(b), a.symmetricDifference(b)); // expect: Set(2) { 1, 2 } Set(3) { 1, 2, 4 }
console.log(a.isSubsetOf(b), new Set([3]).isSubsetOf(b), a.isSupersetOf(new Set([1])), a.isDisjointFrom(new Set([9]))); // expect: false true true true
const log = [];
const other = {
  get size() { log.push('size'); return { valueOf() { log.push('valueOf'); return 1.5; } }; },
  get has() { log.push('has'); return (x) => x === 2; },
  get keys() { log.push('keys'); return () => ({ get next() { log.push('next'); let n = 0; return () => ({ done: n > 0, value: [-0, 2][n++ + 1] }); }, return() { log.push('return'); return {}; } }); },
};
console.log(a.intersection(other), log.join()); // expect: Set(1) { 2 } size,valueOf,has,keys,next
console.log(a.isDisjointFrom(other), log.at(-1)); // expect: false return
for (const bad of [1, {}, { size: -1 }, { size: 1 }, { size: 1, has() {} }]) {
  try {
    a.union(bad);
  } catch (e) {
    console.log(e.name, e.message);
  }
}
// expect: TypeError 1 is not an object
// expect: TypeError The 'size' property must be a number
// expect: RangeError '-1' is an invalid size
// expect: TypeError The 'has' property must be a function
// expect: TypeError The 'keys' property must be a function
try {
  Set.prototype.union.call([], a);
} catch (e) {
  console.log(e.message); // expect: Method Set.prototype.union called on incompatible receiver [object Array]
}
const zero = new Set([1]).union({ size: 1, has() {}, keys: () => [-0].values() });
console.log(Object.is([...zero][1], 0)); // expect: true
// The set may change under a method.
const changing = new Set([1, 2, 3]);
console.log(changing.difference({ size: 9, has(x) { changing.delete(2); changing.add(10); return x > 100; }, keys() {} }).size); // expect: 3
const m = new Map([['a', 1]]);
console.log(m.getOrInsert('a', 2), m.getOrInsert('b', 2), m.getOrInsertComputed('c', (k) => k + '!'), m); // expect: 1 2 c! Map(3) { 'a' => 1, 'b' => 2, 'c' => 'c!' }
const key = {};
console.log(new WeakMap([[key, 1]]).getOrInsert(key, 2), new WeakMap().getOrInsertComputed(key, (k) => k === key)); // expect: 1 true
