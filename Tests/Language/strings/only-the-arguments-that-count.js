// What a built-in has no parameter for is not converted, and a filler only where there is something to fill.
const no = { valueOf() { throw new Error('converted'); }, toString() { throw new Error('converted'); } };
const one = { valueOf: () => 1 };
console.log(Math.clz32(1, 0n), Math.abs({ valueOf: () => -2 }, no), Math.pow({ valueOf: () => 2 }, 3, Symbol.iterator)); // expect: 31 2 8
console.log('abc'.at(one, no), 'abc'.charAt(one, 1n), 'ab'.repeat(one, no), String.prototype.trim.call({ toString: () => ' a ' }, no)); // expect: b b ab a
console.log('abc'.padStart(3, no), 'abc'.padEnd(0, Symbol.iterator), isNaN(one, no), 'a'.normalize({ toString: () => 'NFC' }, no)); // expect: abc abc false a
for (const pad of ['padStart', 'padEnd']) {
  try {
    'abc'[pad](4, no);
  } catch (e) {
    console.log(e.message); // expect: converted
  }
}
// expect: converted
