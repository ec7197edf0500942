const fs = [];
for (let i = 0; i < 5000; i++) fs.push((x) => x + i);
let s = 0;
for (let k = 0; k < 3; k++) for (const f of fs) s = f(s) % 1000003;
console.log(s, fs[0] === fs[1], fs[4999](1)); // expect: 492389 false 5000
const chain = Array.from({ length: 300 }, (_, i) => i).reduce((f, i) => (x) => f(x) + i, (x) => x);
console.log(chain(1)); // expect: 44851
