const tests = [
  () => { const { a } = null; }, () => { const { a } = undefined; }, () => { const [a] = null; }, () => { const [a] = {}; },
  () => { const { a: { b } } = {}; }, () => { const { a: { b } } = { a: null }; }, () => { (({ x }) => x)(); },
  () => { let a; [a] = undefined; }, () => { let a; ({ a } = null); }, () => { for (const [a] of [1]); },
];
for (const t of tests) {
  try {
    t();
    console.log('no error');
  } catch (e) {
    console.log(e.name, ['null', 'undefined', 'iterable'].some((w) => e.message.includes(w)));
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
    // expect: TypeError true
  }
}
