const base = { a: 1, b: 2 };
console.log({ ...base, b: 3 }, { b: 3, ...base }, { ...null, ...undefined, ...5, ...'hi', ...[9] });
// expect: { a: 1, b: 3 } { b: 2, a: 1 } { '0': 9, '1': 'i' }
const withGetter = { get now() { console.log('getter runs'); return 42; } };
const copy = { ...withGetter }; // expect: getter runs
console.log(copy, Object.getOwnPropertyDescriptor(copy, 'now').value); // expect: { now: 42 } 42
class C { constructor() { this.own = 1; } method() {} }
console.log({ ...new C() }); // expect: { own: 1 }
console.log({ ...{ set x(v) {} } }, { __proto__: base, ...{ c: 3 } }.a); // expect: { x: undefined } 1
const hidden = Object.defineProperty({ seen: 1 }, 'unseen', { value: 2, enumerable: false });
console.log({ ...hidden }); // expect: { seen: 1 }
const s = Symbol('k');
console.log({ ...{ [s]: 1, x: 2 } }); // expect: { x: 2, [Symbol(k)]: 1 }
let order = '';
({ ...{ get x() { order += 'x'; return 1; } }, [(order += 'y')]: (order += 'z') });
console.log(order); // expect: xyz
