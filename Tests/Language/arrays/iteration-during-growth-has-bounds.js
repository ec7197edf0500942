const a = [1];
let rounds = 0;
for (const x of a) {
  if (++rounds < 100) a.push(x + 1);
}
console.log(rounds, a.length, a[99]); // expect: 100 100 100
const m = new Map([[0, 0]]);
for (const [k] of m) if (k < 50) m.set(k + 1, 0);
console.log(m.size); // expect: 51
const s = new Set([1, 2, 3]);
for (const x of s) { s.delete(x); if (x < 10) s.add(x + 10); }
console.log([...s]); // expect: []
