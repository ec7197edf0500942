function plain(a, b) {}
const arrow = (a, b = 1, c) => {};
const rest = (...args) => {};
const { x = function () {} } = {};
const o = { m(a) {}, get p() { return 1; }, set p(v) {}, ['c' + 1]() {}, a: () => {}, [Symbol('s')]() {} };
console.log(plain.length, arrow.length, rest.length); // expect: 2 1 0
console.log(plain.name, arrow.name, rest.name, x.name, o.m.name, o.c1.name, o.a.name);
// expect: plain arrow rest x m c1 a
console.log(Object.getOwnPropertyDescriptor(o, 'p').get.name, Object.getOwnPropertyDescriptor(o, 'p').set.name);
// expect: get p set p
console.log(o[Object.getOwnPropertySymbols(o)[0]].name); // expect: [s]
console.log((() => {}).name === '', (function () {}).name === '', (class {}).name === ''); // expect: true true true
console.log(Object.getOwnPropertyDescriptor(plain, 'name'));
// expect: {
// expect:   value: 'plain',
// expect:   writable: false,
// expect:   enumerable: false,
// expect:   configurable: true
// expect: }
plain.bound = plain.bind(null, 1);
console.log(plain.bound.name, plain.bound.length); // expect: bound plain 1
let assigned;
assigned = () => {};
console.log(assigned.name); // expect: assigned
(assigned) = function () {};
console.log(JSON.stringify(assigned.name)); // expect: ""
