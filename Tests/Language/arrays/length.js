const a = [1, 2, 3, 4, 5];
a.length = 2;
console.log(a, a[3], a.length); // expect: [ 1, 2 ] undefined 2
a.length = 4;
console.log(a, a.length); // expect: [ 1, 2, <2 empty items> ] 4
a[6] = 'x';
console.log(a, a.length); // expect: [ 1, 2, <4 empty items>, 'x' ] 7
a.length = '1';
console.log(a); // expect: [ 1 ]
for (const bad of [-1, 1.5, 2 ** 32, NaN, 'x', {}]) {
  try {
    a.length = bad;
  } catch (e) {
    console.log(e.name, e.message);
    // expect: RangeError Invalid array length
    // expect: RangeError Invalid array length
    // expect: RangeError Invalid array length
    // expect: RangeError Invalid array length
    // expect: RangeError Invalid array length
    // expect: RangeError Invalid array length
  }
}
console.log(Object.getOwnPropertyDescriptor(a, 'length'), Object.getOwnPropertyNames([7]), [].length = 5);
// expect: { value: 1, writable: true, enumerable: false, configurable: false } [ '0', 'length' ] 5
const frozen = Object.freeze([1, 2]);
for (const f of [() => frozen.push(3), () => { frozen[0] = 9; }, () => { frozen.length = 0; }, () => frozen.pop(), () => frozen.sort()]) {
  try {
    f();
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError Cannot add property 2, object is not extensible
    // expect: TypeError Cannot assign to read only property '0' of object '[object Array]'
    // expect: TypeError Cannot assign to read only property 'length' of object '[object Array]'
    // expect: TypeError Cannot delete property '1' of [object Array]
    // expect: TypeError Cannot assign to read only property '0' of object '[object Array]'
  }
}
