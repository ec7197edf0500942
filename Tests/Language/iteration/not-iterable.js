const values = [1, null, undefined, {}, () => {}, true, Symbol('s')];
for (const v of values) {
  try {
    for (const x of v);
  } catch (e) {
    console.log(e.name, e.message.includes(' is not iterable'));
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
  }
}
try {
  for (const x of { [Symbol.iterator]: 5 });
} catch (e) {
  console.log(e.name); // expect: TypeError
}
const o = { a: 1 };
for (const x of o) console.log('never');
// expect uncaught: TypeError: o is not iterable
