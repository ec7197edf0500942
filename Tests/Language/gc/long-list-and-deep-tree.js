let list = null;
for (let i = 0; i < 200000; i++) list = { next: list, i };
let n = 0;
for (let p = list; p; p = p.next) n += p.i & 1;
console.log(n); // expect: 100000
const build = (d) => (d === 0 ? null : { l: build(d - 1), r: build(d - 1) });
const count = (t) => (t ? 1 + count(t.l) + count(t.r) : 0);
let total = 0;
for (let i = 0; i < 5; i++) total += count(build(13));
console.log(total); // expect: 40955
list = null;
