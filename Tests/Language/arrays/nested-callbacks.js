const grid = [[1, 2], [3, 4]];
console.log(grid.map((row) => row.map((x) => x * x)), grid.map((r) => r.reduce((s, x) => s + x)), grid.reduce((s, r) => s + r.reduce((t, x) => t * x, 1), 0));
// expect: [ [ 1, 4 ], [ 9, 16 ] ] [ 3, 7 ] 14
const perms = (l) => (l.length < 2 ? [l] : l.flatMap((x, i) => perms([...l.slice(0, i), ...l.slice(i + 1)]).map((p) => [x, ...p])));
console.log(perms([1, 2, 3]).map((p) => p.join(''))); // expect: [ '123', '132', '213', '231', '312', '321' ]
console.log([3, 1, 2].map((n) => Array.from({ length: n }, (_, i) => i).filter((i) => i % 2 === 0)).sort((a, b) => a.length - b.length));
// expect: [ [ 0 ], [ 0 ], [ 0, 2 ] ]
const deep = (n) => (n === 0 ? ['bottom'] : [n].map(() => deep(n - 1)));
let d = deep(60), depth = 0;
while (Array.isArray(d)) { d = d[0]; depth++; }
console.log(d, depth); // expect: bottom 61
