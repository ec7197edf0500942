class A { constructor(...args) { this.args = args; } }
class B extends A {}
class C extends B {}
console.log(new C(1, 2).args, new B().args, class {}.name === '', new (class X {})().constructor.name);
// expect: [ 1, 2 ] [] true X
const Base = null;
try {
  new (class extends Base {})();
} catch (e) {
  console.log(e.name); // expect: TypeError
}
class N extends null { static s() { return 'static works'; } }
console.log(N.s(), Object.getPrototypeOf(N.prototype)); // expect: static works null
for (const make of [() => class extends 5 {}, () => class extends ({}) {}, () => class extends (() => {}) {}, () => { function F() {} F.prototype = 3; return class extends F {}; }]) {
  try {
    make();
  } catch (e) {
    console.log(e.name);
    // expect: TypeError
    // expect: TypeError
    // expect: TypeError
    // expect: TypeError
  }
}
