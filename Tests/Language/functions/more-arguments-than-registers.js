// The arguments beyond the registers of the function live until they are collected.
const many = (n) => Array.from({ length: n }, (_, i) => ({ v: i }));
function rest(...list) { return list.reduce((sum, x) => sum + x.v, 0); }
function all() { let sum = 0; for (const x of arguments) sum += x.v; return sum; }
function* walk(...list) { yield list.length; yield list.at(-1).v; }
class Box { constructor(...list) { this.last = list.at(-1).v; } }
const list = many(40);
console.log(rest(...list), all(...list), rest.apply(null, list), all.call(0, ...list)); // expect: 780 780 780 780
console.log([...walk(...list)], new Box(...list).last, Reflect.construct(Box, list).last); // expect: [ 40, 39 ] 39 39
console.log(rest({ v: 1 }, { v: 2 }, { v: 3 }, { v: 4 }, { v: 5 }, { v: 6 }, { v: 7 }, { v: 8 }, { v: 9 }, { v: 10 })); // expect: 55
console.log(rest(...many(500)), [...walk(...many(300))]); // expect: 124750 [ 300, 299 ]
