function read(o) { return [o.a, o.b, o.c]; }
const o = { a: 1, b: 2, c: 3 };
console.log(read(o)); // expect: [ 1, 2, 3 ]
delete o.b;
console.log(read(o), Object.keys(o)); // expect: [ 1, undefined, 3 ] [ 'a', 'c' ]
o.b = 'new';
console.log(read(o), Object.keys(o)); // expect: [ 1, 'new', 3 ] [ 'a', 'c', 'b' ]
delete o.c;
delete o.a;
o.c = 1;
console.log(read(o), Object.keys(o), read({ c: 9 }), read({}), read({ b: 1, a: 2 }));
// expect: [ undefined, 'new', 1 ] [ 'b', 'c' ] [ undefined, undefined, 9 ] [ undefined, undefined, undefined ] [ 2, 1, undefined ]
