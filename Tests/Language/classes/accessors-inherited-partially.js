class A { get x() { return 'getter of A'; } set x(v) { this.set = v; } }
class B extends A { get x() { return 'getter of B'; } }
const b = new B();
console.log(b.x); // expect: getter of B
try {
  b.x = 1;
} catch (e) {
  console.log(e.name, e.message); // expect: TypeError Cannot set property x of #<B> which has only a getter
}
class C { static x = 1; static inc() { return ++this.x; } }
class D extends C {}
console.log(D.inc(), D.inc(), C.x, D.x, Object.hasOwn(D, 'x')); // expect: 2 3 1 3 true
