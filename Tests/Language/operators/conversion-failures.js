const bad = { valueOf() { return {}; }, toString() { return {}; } };
const tests = [() => bad + 1, () => +bad, () => `${bad}`, () => bad < 1, () => bad == 1, () => [1][bad], () => Object.create(null) + '', () => Symbol() + 1, () => `${Symbol('q')}`, () => Symbol() * 2, () => Symbol() < 1];
for (const t of tests) {
  try {
    console.log(t());
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError Cannot convert object to primitive value
    // expect: TypeError Cannot convert object to primitive value
    // expect: TypeError Cannot convert object to primitive value
    // expect: TypeError Cannot convert object to primitive value
    // expect: TypeError Cannot convert object to primitive value
    // expect: TypeError Cannot convert object to primitive value
    // expect: TypeError Cannot convert object to primitive value
    // expect: TypeError Cannot convert a Symbol value to a number
    // expect: TypeError Cannot convert a Symbol value to a string
    // expect: TypeError Cannot convert a Symbol value to a number
    // expect: TypeError Cannot convert a Symbol value to a number
  }
}
console.log({ valueOf: null, toString() { return 'only toString'; } } + '', { valueOf() { return {}; }, toString: () => '7' } * 1);
// expect: only toString 7
console.log({ toString: null, valueOf: () => 'fallback' } + '!', `${{ toString: 5, valueOf: () => 'v' }}`);
// expect: fallback! v
