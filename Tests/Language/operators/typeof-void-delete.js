console.log(typeof 1, typeof 'a', typeof true, typeof undefined, typeof null, typeof {}, typeof [], typeof (() => {}), typeof class {}, typeof Symbol(), typeof NaN, typeof void 0, typeof typeof 1, typeof new String('x'), typeof Math, typeof Object);
// expect: number string boolean undefined object object object function function symbol number undefined string object object function
const o = { a: 1, b: { c: 2 }, get g() { return 1; } };
console.log(delete o.a, delete o.missing, delete o.b.c, delete o.g, o, delete o['b'], o);
// expect: true true true true {} true {}
const a = [1, 2, 3];
console.log(delete a[1], a, a.length, 1 in a, delete a[9]); // expect: true [ 1, <1 empty item>, 3 ] 3 false true
try {
  delete a.length;
} catch (e) {
  console.log(e.name, e.message); // expect: TypeError Cannot delete property 'length' of [object Array]
}
try {
  delete Object.freeze({ x: 1 }).x;
} catch (e) {
  console.log(e.message); // expect: Cannot delete property 'x' of #<Object>
}
console.log(delete 5, delete (() => {})(), void (o.z = 1), o.z, delete null?.x); // expect: true true undefined 1 true
try {
  delete null.x;
} catch (e) {
  console.log(e.message); // expect: Cannot convert undefined or null to object
}
