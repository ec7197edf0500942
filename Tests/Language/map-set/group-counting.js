const text = 'it was the best of times it was the worst of times';
const counts = new Map();
for (const w of text.split(' ')) counts.set(w, (counts.get(w) ?? 0) + 1);
console.log([...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 3), Object.fromEntries(counts));
// expect: [ [ 'it', 2 ], [ 'of', 2 ], [ 'the', 2 ] ] { it: 2, was: 2, the: 2, best: 1, of: 2, times: 2, worst: 1 }
const groups = new Map();
for (const n of [1, 2, 3, 4, 5]) (groups.get(n % 2) ?? groups.set(n % 2, []).get(n % 2)).push(n);
console.log(groups); // expect: Map(2) { 1 => [ 1, 3, 5 ], 0 => [ 2, 4 ] }
const memo = new Map();
const fib = (n) => n < 2 ? n : memo.get(n) ?? (memo.set(n, fib(n - 1) + fib(n - 2)), memo.get(n));
console.log(fib(80), memo.size); // expect: 23416728348467684 79
