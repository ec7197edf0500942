for (const value of [Symbol.iterator, 1n, -1, 1.5, '2', null]) {
  for (const change of [(a) => { a.length = value; }, (a) => Object.defineProperty(a, 'length', { value }), (a) => Reflect.set(a, 'length', value), (a) => Object.defineProperties(a, { length: { value } })]) {
    const array = [1, 2, 3];
    try {
      change(array);
      console.log(array.length);
    } catch (e) {
      console.log(e.name);
    }
  }
}
// expect: TypeError
// expect: TypeError
// expect: TypeError
// expect: TypeError
// expect: TypeError
// expect: TypeError
// expect: TypeError
// expect: TypeError
// expect: RangeError
// expect: RangeError
// expect: RangeError
// expect: RangeError
// expect: RangeError
// expect: RangeError
// expect: RangeError
// expect: RangeError
// expect: 2
// expect: 2
// expect: 2
// expect: 2
// expect: 0
// expect: 0
// expect: 0
// expect: 0
