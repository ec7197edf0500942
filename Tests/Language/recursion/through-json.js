const nested = (n) => ({ toJSON() { return n === 0 ? 'end' : { in: nested(n - 1) }; } });
console.log(JSON.stringify(nested(1000)).length); // expect: 7005
let deep = [];
for (let i = 0; i < 3000; i++) deep = [deep];
console.log(JSON.stringify(deep).length, JSON.parse(JSON.stringify(deep)).length, String(deep) === '');
// expect: 6002 1 true
const revive = (n) => JSON.parse('[1]', (k, v) => (k === '0' && n > 0 ? revive(n - 1) : v));
let r = revive(500), d = 0;
while (Array.isArray(r)) { r = r[0]; d++; }
console.log(d); // expect: 501
