// Weak collections hold what is held elsewhere, and forget the rest without anybody seeing it.
const key = {};
const map = new WeakMap([[key, "value"]]);
console.log(map.get(key), map.has(key), map.has({}), map.get({}), map.set(key, 2) === map, map.get(key));
console.log(map.delete(key), map.delete(key), map.has(key), map.get(1), map.has(1), map.delete(1));
console.log(map, new WeakSet([key]), new WeakRef(key), [new WeakMap()]);
for (const f of [
  () => map.set(1, 2), () => new WeakSet().add("x"), () => new WeakRef(1), () => WeakMap(), () => new WeakMap([1]),
  () => WeakMap.prototype.get.call({}, 1), () => WeakRef.prototype.deref.call({}), () => map.set(Symbol.for("x"), 1),
]) try { f(); } catch (e) { console.log(e.name + ": " + e.message); }
const symbol = Symbol("own");
console.log(map.set(symbol, 7).get(symbol), new WeakSet([symbol]).has(symbol));
// A chain in which each value is the next key lives as long as its first key.
const chain = new WeakMap();
const first = {};
let last = first;
for (let i = 0; i < 2000; i++) {
  const next = { i };
  chain.set(last, next);
  last = next;
}
last = null;
let garbage = [];
for (let i = 0; i < 200000; i++) garbage = [i, garbage.length];
let count = 0;
for (let at = first; (at = chain.get(at)); ) count++;
console.log(count);
const many = new WeakMap();
const kept = [];
for (let i = 0; i < 20000; i++) {
  const k = {};
  many.set(k, { big: [i, i, i] });
  if (i % 1000 === 0) kept.push(k);
}
console.log(kept.map((k) => many.get(k).big[0]).join());
const reference = new WeakRef(kept[3]);
console.log(reference.deref() === kept[3], Object.prototype.toString.call(reference));

// expect: value true false undefined true 2
// expect: true false false undefined false false
// expect: WeakMap { <items unknown> } WeakSet { <items unknown> } WeakRef {} [ WeakMap { <items unknown> } ]
// expect: TypeError: Invalid value used as weak map key
// expect: TypeError: Invalid value used in weak set
// expect: TypeError: WeakRef: invalid target
// expect: TypeError: Constructor WeakMap requires 'new'
// expect: TypeError: Iterator value 1 is not an entry object
// expect: TypeError: Method WeakMap.prototype.get called on incompatible receiver #<Object>
// expect: TypeError: Method WeakRef.prototype.deref called on incompatible receiver #<Object>
// expect: TypeError: Invalid value used as weak map key
// expect: 7 true
// expect: 2000
// expect: 0,1000,2000,3000,4000,5000,6000,7000,8000,9000,10000,11000,12000,13000,14000,15000,16000,17000,18000,19000
// expect: true [object WeakRef]
