const o = { get lazy() { Object.defineProperty(this, 'lazy', { value: 'computed once', enumerable: true }); return 'first'; } };
console.log(o.lazy, o.lazy, o); // expect: first computed once { lazy: 'computed once' }
const d = { get x() { delete this.x; return 'gone'; } };
console.log(d.x, d.x, 'x' in d); // expect: gone undefined false
const g = { a: 1, get b() { this.c = 3; return 2; } };
const { a, b, c } = g;
console.log(a, b, c); // expect: 1 2 3
function read(v) { return v.p; }
const objects = [{ p: 1 }, { get p() { return 2; } }, Object.create({ p: 3 }), { x: 0, p: 4 }, { p: 5 }, { get p() { return 6; } }, 'no', [], { x: 1 }];
console.log(objects.map(read), objects.map(read));
// expect: [ 1, 2, 3, 4, 5, 6, undefined, undefined, undefined ] [ 1, 2, 3, 4, 5, 6, undefined, undefined, undefined ]
