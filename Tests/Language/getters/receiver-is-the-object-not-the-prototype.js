const proto = { get self() { return this; }, set store(v) { this.stored = v; } };
const child = Object.create(proto);
child.store = 7;
console.log(child.self === child, child.stored, proto.stored, Object.keys(child));
// expect: true 7 undefined [ 'stored' ]
console.log(Object.getOwnPropertyDescriptor(proto, 'self').get.call(5) === 5); // expect: true
const num = { get n() { 'use strict'; return typeof this; } };
Object.defineProperty(Number.prototype, 'kindOfThis', { get() { return typeof this; }, configurable: true });
console.log((5).kindOfThis, num.n); // expect: number object
delete Number.prototype.kindOfThis;
console.log((5).kindOfThis); // expect: undefined
