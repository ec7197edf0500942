// Copying and listing properties of objects of one shape, and what makes an object different from its shape.
const make = () => ({ a: 1, b: 2, c: 3 });
const s = Symbol("s");
const indexed = make();
indexed[5] = "five";
indexed[0] = "zero";
const withSymbol = make();
withSymbol[s] = "sym";
withSymbol.d = 4;
const hidden = make();
Object.defineProperty(hidden, "b", { enumerable: false });
const getter = make();
let reads = 0;
Object.defineProperty(getter, "a", { get() { reads++; return this.c * 10; }, enumerable: true });
const deleted = make();
delete deleted.b;
for (const object of [make(), indexed, withSymbol, hidden, getter, deleted]) {
  const { c, ...rest } = object;
  const forIn = [];
  for (const key in object) forIn.push(key);
  console.log({ ...object }, rest, Object.keys(object).join(), Object.values(object).join(), forIn.join(),
    Object.entries(object).length, Object.assign({ b: 0, z: 9 }, object));
}
// expect: { a: 1, b: 2, c: 3 } { a: 1, b: 2 } a,b,c 1,2,3 a,b,c 3 { b: 2, z: 9, a: 1, c: 3 }
// expect: { '0': 'zero', '5': 'five', a: 1, b: 2, c: 3 } { '0': 'zero', '5': 'five', a: 1, b: 2 } 0,5,a,b,c zero,five,1,2,3 0,5,a,b,c 5 { '0': 'zero', '5': 'five', b: 2, z: 9, a: 1, c: 3 }
// expect: { a: 1, b: 2, c: 3, d: 4, [Symbol(s)]: 'sym' } { a: 1, b: 2, d: 4, [Symbol(s)]: 'sym' } a,b,c,d 1,2,3,4 a,b,c,d 4 { b: 2, z: 9, a: 1, c: 3, d: 4, [Symbol(s)]: 'sym' }
// expect: { a: 1, c: 3 } { a: 1 } a,c 1,3 a,c 2 { b: 0, z: 9, a: 1, c: 3 }
// expect: { a: 30, b: 2, c: 3 } { a: 30, b: 2 } a,b,c 30,2,3 a,b,c 3 { b: 2, z: 9, a: 30, c: 3 }
// expect: { a: 1, c: 3 } { a: 1 } a,c 1,3 a,c 2 { b: 0, z: 9, a: 1, c: 3 }
console.log(reads);
// expect: 5

// Object.assign meets setters, read-only properties, frozen targets and itself.
const log = [];
const target = { set a(value) { log.push(value); }, b: 0 };
Object.assign(target, make());
console.log(log.join(), target.b, target.c, Object.keys(target).join());
// expect: 1 2 3 a,b,c
for (const frozen of [Object.freeze({ b: 1 }), Object.preventExtensions({ a: 1, b: 1 }),
  Object.defineProperty({}, "b", { value: 1 })]) {
  try { Object.assign(frozen, make()); } catch (error) { console.log(error.name, frozen.b); }
}
// expect: TypeError 1
// expect: TypeError 2
// expect: TypeError 1
const self = make();
console.log(Object.assign(self, self, null, undefined, { a: 7 }, "xy") === self, self);
// expect: true { '0': 'x', '1': 'y', a: 7, b: 2, c: 3 }
class Parent { set a(value) { log.push("inherited " + value); } }
console.log(Object.assign(new Parent(), make()), log.at(-1));
// expect: Parent { b: 2, c: 3 } inherited 1
console.log(Object.assign({}, JSON.parse('{"__proto__":{"x":1}}')).x, Object.keys({ ...JSON.parse('{"__proto__":1}') }).join());
// expect: 1 __proto__

// for-in: what prototypes have, what disappears on the way, holes, arrays with more.
class Base { constructor() { this.own = 1; } }
Base.prototype.shared = 2;
const seen = (object) => { const keys = []; for (const key in object) keys.push(key); return keys.join(); };
console.log(seen(new Base()), seen([1, , 3]), seen(Object.assign([1], { x: 1 })), seen("ab"), seen(Object.create(make())));
// expect: own,shared 0,2 0,x 0,1 a,b,c
const shrinking = make();
const visited = [];
for (const key in shrinking) {
  visited.push(key);
  delete shrinking.b;
  shrinking.later = 1;
}
console.log(visited.join());
// expect: a,c
Object.prototype.polluted = 1;
console.log(seen(make()), seen([7]), seen(new Map()));
// expect: a,b,c,polluted 0,polluted polluted
delete Object.prototype.polluted;
Array.prototype.extra = 1;
console.log(seen([7]), seen(make()));
// expect: 0,extra a,b,c
delete Array.prototype.extra;
console.log(seen([7]), seen(function () {}), seen(new (class { #p = 1; q = 2; })()));
// expect: 0  q
