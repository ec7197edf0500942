const a = [];
a[4294967294] = 1;
console.log(a.length, Object.keys(a), a.indexOf(1, 4294967290)); // expect: 4294967295 [ '4294967294' ] 4294967294
a.length = 0;
a[1e6] = 'far';
a[5] = 'near';
console.log(a.length, Object.keys(a), 5 in a, 6 in a, a[1e6]); // expect: 1000001 [ '5', '1000000' ] true false far
let count = 0;
a.forEach(() => count++);
console.log(count, a.findLast((x) => x), a.length = 6, a); // expect: 2 far 6 [ <5 empty items>, 'near' ]
const b = new Array(5);
console.log(b, b.length, 0 in b, new Array(2, 3), new Array('3'), Array(0), Array.of(7), Array.of(1, 2).length);
// expect: [ <5 empty items> ] 5 false [ 2, 3 ] [ '3' ] [] [ 7 ] 2
b[2] = 'x';
console.log(b, b.findIndex((x) => x), delete b[2], b); // expect: [ <5 empty items> ] 2 true [ <5 empty items> ]
try {
  const full = [];
  full[4294967294] = 1;
  full.push(2);
} catch (e) {
  console.log(e.name, e.message); // expect: RangeError Invalid array length
}
for (const n of [-1, 1.5, 2 ** 32]) {
  try {
    new Array(n);
  } catch (e) {
    console.log(e.name, e.message);
    // expect: RangeError Invalid array length
    // expect: RangeError Invalid array length
    // expect: RangeError Invalid array length
  }
}
