const o = { a: 1, b: 2, c: 3 };
const seen = [];
for (const k in o) {
  seen.push(k);
  delete o.b;
  o.a2 = 1;
}
console.log(seen.join()); // expect: a,c
const shadow = Object.create({ x: 1, y: 2 }, { x: { value: 0, enumerable: false, writable: true } });
const names = [];
for (const k in shadow) names.push(k);
console.log(names); // expect: [ 'y' ]
let target = {};
for (target.key in { p: 1, q: 2 });
console.log(target.key); // expect: q
for (var v in { last: 1 });
console.log(v); // expect: last
