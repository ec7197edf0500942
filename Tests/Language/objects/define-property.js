const o = {};
Object.defineProperty(o, 'ro', { value: 1 });
Object.defineProperty(o, 'shown', { value: 2, enumerable: true, writable: true, configurable: true });
console.log(o, Object.getOwnPropertyDescriptor(o, 'ro'), Object.getOwnPropertyDescriptor(o, 'none'), Object.getOwnPropertyDescriptors({ get a() { return 1; }, b: 2 }));
// expect: { shown: 2 } { value: 1, writable: false, enumerable: false, configurable: false } undefined {
// expect:   a: {
// expect:     get: [Function: get a],
// expect:     set: undefined,
// expect:     enumerable: true,
// expect:     configurable: true
// expect:   },
// expect:   b: { value: 2, writable: true, enumerable: true, configurable: true }
// expect: }
for (const f of [() => { o.ro = 2; }, () => delete o.ro, () => Object.defineProperty(o, 'ro', { value: 2 }), () => Object.defineProperty(o, 'ro', { get() {} }), () => Object.defineProperty(1, 'x', {}), () => { Object.create(o).ro = 1; }]) {
  try {
    f();
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError Cannot assign to read only property 'ro' of object '#<Object>'
    // expect: TypeError Cannot delete property 'ro' of #<Object>
    // expect: TypeError Cannot redefine property: ro
    // expect: TypeError Cannot redefine property: ro
    // expect: TypeError Object.defineProperty called on non-object
    // expect: TypeError Cannot assign to read only property 'ro' of object '#<Object>'
  }
}
console.log(Object.defineProperty(o, 'ro', { value: 1 }) === o, Object.defineProperty({}, 'x', {}).hasOwnProperty('x'), Object.defineProperties({}, { a: { value: 1, enumerable: true }, b: { get: () => 2, enumerable: true } }));
// expect: true true { a: 1, b: [Getter] }
console.log(o.propertyIsEnumerable('ro'), o.propertyIsEnumerable('shown'), Object.defineProperty([], 'length', { value: 3 }).length, Object.defineProperty([1], 0, { value: 'v' }));
// expect: false true 3 [ 'v' ]
