const o = {};
let hidden = 1;
Object.defineProperty(o, 'p', { get: () => hidden, set: (v) => { hidden = v; }, enumerable: false, configurable: true });
o.p = 10;
console.log(o.p, hidden, Object.keys(o), JSON.stringify(o), Object.getOwnPropertyNames(o));
// expect: 10 10 [] {} [ 'p' ]
Object.defineProperty(o, 'p', { enumerable: true });
console.log(JSON.stringify(o)); // expect: {"p":10}
Object.defineProperty(o, 'p', { value: 'now data' });
console.log(Object.getOwnPropertyDescriptor(o, 'p'));
// expect: {
// expect:   value: 'now data',
// expect:   writable: false,
// expect:   enumerable: true,
// expect:   configurable: true
// expect: }
for (const bad of [{ get() {}, value: 1 }, { get: 5 }, { set: 'x' }, 7]) {
  try {
    Object.defineProperty({}, 'x', bad);
  } catch (e) {
    console.log(e.name);
    // expect: TypeError
    // expect: TypeError
    // expect: TypeError
    // expect: TypeError
  }
}
