class A { get v() { return this._v ?? 'A default'; } set v(x) { this._v = 'A:' + x; } m() { return this.tag; } }
class B extends A {
  constructor() { super(); this.tag = 'b'; }
  set v(x) { super.v = x + '!'; }
  get v() { return super.v + '?'; }
  m() { return super['m']() + super.m.call({ tag: 'other' }); }
  own() { super.fresh = 1; return Object.keys(this); }
  missing() { return super.nope; }
}
const b = new B();
b.v = 'set';
console.log(b.v, b.m(), b.own(), b.missing()); // expect: A:set!? bother [ 'tag', '_v', 'fresh' ] undefined
try {
  (class extends A { f() { super.nope(); } }).prototype.f();
} catch (e) {
  console.log(e.name); // expect: TypeError
}
const o = { __proto__: { hi() { return 'proto hi ' + this.n; } }, n: 1, hi() { return super.hi() + '!'; } };
console.log(o.hi(), Object.setPrototypeOf(o, { hi: () => 'swapped' }).hi()); // expect: proto hi 1! swapped!
const borrowed = { n: 2, hi: o.hi };
console.log(borrowed.hi()); // expect: swapped!
