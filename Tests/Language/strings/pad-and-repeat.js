console.log('5'.padStart(3, '0'), '5'.padEnd(3, 'ab'), 'abc'.padStart(2), 'x'.padStart(5, '12'), `[${'x'.padEnd(4)}]`, 'x'.padStart(3, ''), 'x'.padStart(4, 12), 'x'.padEnd(3, undefined) === 'x  ', '😀'.padStart(4, '-'));
// expect: 005 5ab abc 1212x [x   ] x 121x true --😀
console.log('ab'.repeat(3), 'ab'.repeat(0) === '', ''.repeat(5) === '', 'x'.repeat(2.9), 'é'.repeat(2), 'ab'.repeat('2'));
// expect: ababab true true xx éé abab
for (const n of [-1, Infinity, 2 ** 30]) {
  try {
    'x'.repeat(n);
  } catch (e) {
    console.log(e.name, e.message);
    // expect: RangeError Invalid count value: -1
    // expect: RangeError Invalid count value: Infinity
    // expect: RangeError Invalid string length
  }
}
console.log('x'.concat(), 'x'.concat(1, null, [2, 3]), 'a'.concat('😀', 'b').length); // expect: x x1null2,3 4
