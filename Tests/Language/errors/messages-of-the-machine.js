const o = {}, a = [], s = 'text', u = undefined, n = null;
const tests = [
  () => u.x, () => n.x, () => u[0], () => n[s], () => u.a.b, () => o.a.b, () => { u.x = 1; }, () => { n[0] = 1; }, () => o.f(), () => o.a.f(), () => u(), () => s(), () => a[0](), () => s.foo(), () => new o(), () => new s(), () => (5).x.y,
  () => x1, () => { x2 = 1; }, () => { s.length = 1; }, () => { Object.freeze(a).push(1); }, () => 'x' in s, () => o instanceof o, () => [...o], () => new Map([1]), () => Symbol() + '', () => a.reduce((x) => x), () => 'x'.repeat(-1), () => new Array(-1), () => (1).toFixed(200), () => JSON.parse('{'), () => Object.defineProperty(1, 'a', {}), () => null[Symbol('q')],
];
for (const t of tests) {
  try {
    t();
    console.log('no error');
  } catch (e) {
    console.log(`${e.name}: ${e.message}`);
    // expect: TypeError: Cannot read properties of undefined (reading 'x')
    // expect: TypeError: Cannot read properties of null (reading 'x')
    // expect: TypeError: Cannot read properties of undefined (reading '0')
    // expect: TypeError: Cannot read properties of null (reading 'text')
    // expect: TypeError: Cannot read properties of undefined (reading 'a')
    // expect: TypeError: Cannot read properties of undefined (reading 'b')
    // expect: TypeError: Cannot set properties of undefined (setting 'x')
    // expect: TypeError: Cannot set properties of null (setting '0')
    // expect: TypeError: o.f is not a function
    // expect: TypeError: Cannot read properties of undefined (reading 'f')
    // expect: TypeError: u is not a function
    // expect: TypeError: s is not a function
    // expect: TypeError: a[0] is not a function
    // expect: TypeError: s.foo is not a function
    // expect: TypeError: o is not a constructor
    // expect: TypeError: s is not a constructor
    // expect: TypeError: Cannot read properties of undefined (reading 'y')
    // expect: ReferenceError: x1 is not defined
    // expect: ReferenceError: x2 is not defined
    // expect: TypeError: Cannot assign to read only property 'length' of string 'text'
    // expect: TypeError: Cannot add property 0, object is not extensible
    // expect: TypeError: Cannot use 'in' operator to search for 'x' in text
    // expect: TypeError: Right-hand side of 'instanceof' is not callable
    // expect: TypeError: o is not iterable
    // expect: TypeError: Iterator value 1 is not an entry object
    // expect: TypeError: Cannot convert a Symbol value to a string
    // expect: TypeError: Reduce of empty array with no initial value
    // expect: RangeError: Invalid count value: -1
    // expect: RangeError: Invalid array length
    // expect: RangeError: toFixed() digits argument must be between 0 and 100
    // expect: SyntaxError: Expected property name or '}' in JSON at position 1
    // expect: TypeError: Object.defineProperty called on non-object
    // expect: TypeError: Cannot read properties of null (reading 'Symbol(q)')
  }
}
