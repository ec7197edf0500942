const o = { b: 1, 2: 'two', a: 2, 1: 'one', [Symbol('no')]: 0, '-1': 'neg', '01': 'str' };
for (const k in o) console.log(k, typeof k);
// expect: 1 string
// expect: 2 string
// expect: b string
// expect: a string
// expect: -1 string
// expect: 01 string
class A { m() {} }
A.prototype.inherited = 1;
const child = Object.assign(new A(), { own: 1 });
const keys = [];
for (const k in child) keys.push(k);
console.log(keys); // expect: [ 'own', 'inherited' ]
for (const k in [7, , 9]) console.log(k);
// expect: 0
// expect: 2
for (const k in 'ab') console.log(k);
// expect: 0
// expect: 1
for (const k in null) console.log('never');
for (const k in undefined) console.log('never');
for (const k in 5) console.log('never');
