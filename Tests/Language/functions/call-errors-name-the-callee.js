const o = { a: { b: 1 }, f() {} };
const tests = [
  () => o.x(), () => o.a.b(), () => undefined(), () => o.a.c.d(), () => (1)(),
  () => o[0](), () => new o.a(), () => new o.f(), () => null.x, () => undefined.foo.bar,
  () => o.nope.foo, () => { o.nope.foo = 1; }, () => { null[0] = 1; }, () => [1, 2].map(3), () => new o.zip(),
  () => [...1], () => { const [a] = 1; }, () => { const {a} = null; }, () => { for (const x of 5); },
  () => 'a' in 'b', () => ({}) instanceof 5, () => ({}) instanceof (() => {}), () => Symbol() + '', () => +Symbol(),
];
for (const t of tests) {
  try {
    t();
    console.log('no error');
  } catch (e) {
    console.log(e.name + ': ' + e.message);
    // expect: TypeError: o.x is not a function
    // expect: TypeError: o.a.b is not a function
    // expect: TypeError: undefined is not a function
    // expect: TypeError: Cannot read properties of undefined (reading 'd')
    // expect: TypeError: 1 is not a function
    // expect: TypeError: o[0] is not a function
    // expect: TypeError: o.a is not a constructor
    // expect: TypeError: o.f is not a constructor
    // expect: TypeError: Cannot read properties of null (reading 'x')
    // expect: TypeError: Cannot read properties of undefined (reading 'foo')
    // expect: TypeError: Cannot read properties of undefined (reading 'foo')
    // expect: TypeError: Cannot set properties of undefined (setting 'foo')
    // expect: TypeError: Cannot set properties of null (setting '0')
    // expect: TypeError: 3 is not a function
    // expect: TypeError: o.zip is not a constructor
    // expect: TypeError: 1 is not iterable
    // expect: TypeError: 1 is not iterable
    // expect: TypeError: Cannot destructure property 'a' of 'null' as it is null.
    // expect: TypeError: 5 is not iterable
    // expect: TypeError: Cannot use 'in' operator to search for 'a' in b
    // expect: TypeError: Right-hand side of 'instanceof' is not an object
    // expect: TypeError: Function has non-object prototype 'undefined' in instanceof check
    // expect: TypeError: Cannot convert a Symbol value to a string
    // expect: TypeError: Cannot convert a Symbol value to a number
  }
}
