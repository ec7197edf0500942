const n = 300000;
const a = Array.from({ length: n }, (_, i) => (i * 7919) % 100003);
console.log(a.length, a.reduce((s, x) => s + x), Math.max.apply(null, a.slice(0, 1000)), a.indexOf(100002), a.lastIndexOf(0));
// expect: 300000 15000206337 99984 52685 200006
a.sort((x, y) => x - y);
console.log(a[0], a[n - 1], a.every((x, i) => i === 0 || a[i - 1] <= x)); // expect: 0 100002 true
const b = a.filter((x) => x % 2).map((x) => x / 2);
console.log(b.length, b[10], b.slice(-2), [...b].length, b.concat(b).length, b.reverse()[0]);
// expect: 149999 3.5 [ 50000.5, 50000.5 ] 149999 299998 50000.5
b.length = 3;
console.log(b, a.splice(10, n - 20).length, a.length); // expect: [ 50000.5, 50000.5, 50000.5 ] 299980 20
const s = Array.from({ length: 20000 }, (_, i) => 'k' + (i * 31 % 20000)).sort();
console.log(s[0], s[1], s[19999], new Set(s).size); // expect: k0 k1 k9999 20000
