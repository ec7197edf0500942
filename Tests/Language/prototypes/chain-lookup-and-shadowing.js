const a = { x: 1, y: 1 }, b = Object.create(a), c = Object.create(b);
b.y = 2;
c.z = 3;
console.log(c.x, c.y, c.z, c.w, Object.keys(c), 'x' in c, c.hasOwnProperty('x'), Object.hasOwn(b, 'y'));
// expect: 1 2 3 undefined [ 'z' ] true false true
a.x = 'changed above';
console.log(c.x); // expect: changed above
c.x = 'own';
console.log(c.x, a.x, delete c.x, c.x); // expect: own changed above true changed above
Object.setPrototypeOf(b, { x: 'other' });
console.log(c.x, c.y, b.isPrototypeOf(c), a.isPrototypeOf(c), Object.getPrototypeOf(c) === b);
// expect: other 2 true false true
