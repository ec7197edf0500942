let count = 0;
const key = { toString() { count++; return 'k'; } };
const o = { k: 1 };
o[key]++;
o[key] += 1;
o[key] ??= 9;
console.log(o, count); // expect: { k: 3 } 3
console.log({ [key]: 'computed' }, key in o, delete o[key], o, count); // expect: { k: 'computed' } true true {} 6
const { [key]: v = 'default' } = o;
console.log(v, count, o[-0], { 0: 'zero' }[-0], { '1e+21': 'big' }[1e21], { null: 'n' }[null], [7][true - 1], { true: 't' }[!0]);
// expect: default 7 undefined zero big n 7 t
// not for node: V8 converts the key of a compound assignment twice, the standard (13.15.2) once
