class A { m() { return this; } static s() { return this; } }
const { m } = new A();
const { s } = A;
console.log(m(), s(), Object.keys(new A()), Object.getOwnPropertyDescriptor(A.prototype, 'm').enumerable);
// expect: undefined undefined [] false
for (const k in new A()) console.log('never', k);
try {
  A.prototype = {};
} catch (e) {
  console.log(e.name); // expect: TypeError
}
A.prototype.added = 1;
for (const k in new A()) console.log(k); // expect: added
