const m = new Map([[1, 'a'], [2, 'b'], [3, 'c']]);
const seen = [];
m.forEach((v, k, all) => {
  seen.push(k + v + (all === m));
  if (k === 1) { m.delete(2); m.set(4, 'd'); }
  if (k === 3) m.set(1, 'reset');
});
console.log(seen, m); // expect: [ '1atrue', '3ctrue', '4dtrue' ] Map(3) { 1 => 'reset', 3 => 'c', 4 => 'd' }
m.delete(1);
m.set(1, 'again');
console.log([...m.keys()]); // expect: [ 3, 4, 1 ]
const it = m.keys();
it.next();
m.clear();
m.set('new', 1);
console.log(it.next(), it.next(), it.next());
// expect: { value: 'new', done: false } { value: undefined, done: true } { value: undefined, done: true }
const s = new Set([1, 2, 3]);
const visited = [];
for (const x of s) {
  visited.push(x);
  s.delete(x);
  if (visited.length < 6) s.add(x);
}
console.log(visited);
// expect: [
// expect:   1, 2, 3, 1,
// expect:   2, 3, 1, 2
// expect: ]
const e = new Map([[1, 1], [2, 2]]).entries();
console.log(e.next().value, e[Symbol.iterator]() === e, [...e], e.next());
// expect: [ 1, 1 ] true [ [ 2, 2 ] ] { value: undefined, done: true }
