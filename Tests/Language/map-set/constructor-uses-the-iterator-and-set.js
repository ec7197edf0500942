const log = [];
class M extends Map { set(k, v) { log.push(`${k}=${v}`); return super.set(k, v); } }
const m = new M([['a', 1], ['b', 2]]);
console.log(log, m.size); // expect: [ 'a=1', 'b=2' ] 2
const iterable = { [Symbol.iterator]() { let n = 0; return { next: () => ({ value: n++ < 1 ? ['k', 'v'] : 'bad', done: false }), return() { log.push('closed'); return {}; } }; } };
try {
  new Map(iterable);
} catch (e) {
  console.log(e.name, log.at(-1)); // expect: TypeError closed
}
const originalAdd = Set.prototype.add;
Set.prototype.add = function (v) { return originalAdd.call(this, v * 10); };
console.log(new Set([1, 2])); // expect: Set(2) { 10, 20 }
Set.prototype.add = originalAdd;
console.log(new Set([1, 2]), m); // expect: Set(2) { 1, 2 } M(2) [Map] { 'a' => 1, 'b' => 2 }
