const m = new Map();
for (let i = 0; i < 20000; i++) m.set('k' + i, i);
for (let i = 0; i < 20000; i += 3) m.delete('k' + i);
let sum = 0;
for (const v of m.values()) sum += v;
console.log(m.size, sum, m.get('k1'), m.get('k3'), m.has('k19999')); // expect: 13333 133326667 1 undefined true
for (let i = 0; i < 20000; i += 3) m.set('k' + i, -i);
console.log(m.size, [...m.keys()][0], [...m.keys()].at(-1), m.get('k3')); // expect: 20000 k1 k19998 -3
const objects = Array.from({ length: 1000 }, (_, i) => ({ i }));
const byObject = new Map(objects.map((o) => [o, o.i * 2]));
console.log(objects.every((o) => byObject.get(o) === o.i * 2), byObject.get({ i: 1 })); // expect: true undefined
const s = new Set();
for (let i = 0; i < 5000; i++) { s.add(i % 100 + 0.5); s.add(i % 7); s.delete(i % 5); }
console.log(s.size, [...s].slice(0, 3)); // expect: 104 [ 0.5, 1.5, 2.5 ]
const keys = new Map([[1, 'int'], [1.5, 'double'], ['1', 'string'], [true, 'bool'], [2 ** 40, 'large'], [2147483648, 'past int']]);
console.log(keys.get(0.5 + 0.5), keys.get(3 / 2), keys.get(String(1)), keys.get(1 === 1), keys.get(1099511627776), keys.get(2147483647 + 1), keys.get('tr' + 'ue'));
// expect: int double string bool large past int undefined
