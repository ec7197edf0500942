const a = 1, b = 2, key = 'k';
const o = { a, b, m() { return this.a; }, async: 1, get: 2, set: 3, new: 4, class: 5, [key + 1]: 6, 'quo-ted': 7, 0x10: 'hex', 1e2: 'exp', .5: 'half', null: 'n', true: 't' };
console.log(o.m(), o.async, o.get, o.set, o.new, o.class, o.k1, o['quo-ted'], o[16], o[100], o[0.5], o.null, o.true);
// expect: 1 1 2 3 4 5 6 7 hex exp half n t
console.log({ a: 1, a: 2 }, { get x() { return 1; }, x: 2 }, { x: 1, get x() { return 'getter wins'; } }.x, { 'a': 1, ['a']: 2 }, {}.x, { if: 1 }.if);
// expect: { a: 2 } { x: 2 } getter wins { a: 2 } undefined 1
