const fs = [];
for (const x of ['a', 'b']) fs.push(() => x);
for (const k in { p: 1, q: 2 }) fs.push(() => k);
for (let [x, y] of [[1, 2], [3, 4]]) {
  fs.push(() => (x += y));
}
console.log(fs.map((f) => f())); // expect: [ 'a', 'b', 'p', 'q', 3, 7 ]
console.log(fs.map((f) => f())); // expect: [ 'a', 'b', 'p', 'q', 5, 11 ]
