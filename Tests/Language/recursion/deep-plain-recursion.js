function depth(n) { return n === 0 ? 0 : 1 + depth(n - 1); }
console.log(depth(100000)); // expect: 100000
const sum = (list, i = 0) => (i === list.length ? 0 : list[i] + sum(list, i + 1));
console.log(sum(Array.from({ length: 50000 }, (_, i) => i))); // expect: 1249975000
