const o = { a: undefined };
console.log('a' in o, 'b' in o, 'toString' in o, 1 in [5, 6], '1' in [5, 6], 2 in [5, 6], 'length' in [], Symbol.iterator in []);
// expect: true false true true true false true true
class A {}
class B extends A {}
const b = new B();
console.log(b instanceof B, b instanceof A, b instanceof Object, Object.create(null) instanceof Object, 1 instanceof Number, [] instanceof Array, (() => {}) instanceof Function, new Error() instanceof Error, new TypeError() instanceof Error);
// expect: true true true false false true true true true
function Old() {}
const old = new Old();
Old.prototype = {};
console.log(old instanceof Old, b instanceof B); // expect: false true
const Even = { [Symbol.hasInstance]: (n) => n % 2 === 0 };
console.log(2 instanceof Even, 3 instanceof Even); // expect: true false
const bound = A.bind(null);
console.log(new A() instanceof bound); // expect: true
function F() {}
F.prototype = 5;
try {
  ({}) instanceof F;
} catch (e) {
  console.log(e.name, e.message); // expect: TypeError Function has non-object prototype '5' in instanceof check
}
console.log(!('x' in o), !(o instanceof Array)); // expect: true true
