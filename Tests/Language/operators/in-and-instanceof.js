const o = { a: undefined };
console.log('a' in o, 'b' in o, 'toString' in o, 1 in [5, 6], '1' in [5, 6], 2 in [5, 6], 'length' in [], Symbol.iterator in []);
// expect: true false true true true false true true
class A {}
class B extends A {}
const b = new B();
console.log(b instanceof B, b instanceof A, b instanceof Object, Object.create(null) instanceof Object, 1 instanceof Number, [] instanceof Array, (() => {}) instanceof Function, new Error() instanceof Error, new TypeError() instanceof Error);
// expect: true true true false false true true true true
B.prototype = {};
console.log(Object.getPrototypeOf(b) === A.prototype, b instanceof A);
const Even = { [Symbol.hasInstance]: (n) => n % 2 === 0 };
console.log(2 instanceof Even, 3 instanceof Even);
const bound = A.bind(null);
console.log(new A() instanceof bound);
function F() {}
F.prototype = 5;
try {
  ({}) instanceof F;
} catch (e) {
  console.log(e.name, e.message);
}
console.log(!('x' in o), !(o instanceof Array));
// expect uncaught: TypeError: Cannot assign to read only property 'prototype' of function 'class B extends A {}'
