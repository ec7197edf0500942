const a = [5, 3, 4, 1, 2];
try {
  a.sort((x, y) => { if (x === 1 || y === 1) throw new Error('compare ' + typeof x); return x - y; });
} catch (e) {
  console.log(e.message, a.length, a.slice().sort().join()); // expect: compare number 5 1,2,3,4,5
}
const b = [3, 2, 1];
b.sort((x, y) => { b.push(9); return x - y; });
console.log(b.slice(0, 3), b.length > 3); // expect: [ 1, 2, 3 ] true
const c = [3, 2, 1];
c.sort((x, y) => { c.length = 0; return x - y; });
console.log(c); // expect: [ 1, 2, 3 ]
let calls = 0;
[1].sort(() => calls++);
[].sort(() => calls++);
console.log(calls); // expect: 0
const inconsistent = [1, 2, 3, 4, 5, 6].sort(() => -1);
console.log(inconsistent.length, new Set(inconsistent).size); // expect: 6 6
const nested = [[2, 1], [4, 3]].sort((x, y) => { x.sort(); y.sort(); return x[0] - y[0]; });
console.log(nested); // expect: [ [ 1, 2 ], [ 3, 4 ] ]
