const o = {};
o.a = 1;
o['b'] = { c: [2] };
console.log(o.a, o.b.c[0], 'a' in o, o.missing); // expect: 1 2 true undefined
o.a = 'written';
o.b.c.push(o);
console.log(o.a, o.b.c[1] === o, delete o.a, 'a' in o, o.a, Object.keys(o));
// expect: written true true false undefined [ 'b' ]
const view = o.b;
delete o.b;
console.log(view.c.length, o); // expect: 2 {}
