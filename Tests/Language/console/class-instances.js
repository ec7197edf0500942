class Point { constructor(x, y) { this.x = x; this.y = y; } get sum() { return 1; } }
class Empty {}
class Sub extends Point {}
console.log(new Point(1, 2), new Empty(), new Sub(3, 4), [new Point(0, 0)], { p: new Empty() });
// expect: Point { x: 1, y: 2 } Empty {} Sub { x: 3, y: 4 } [ Point { x: 0, y: 0 } ] { p: Empty {} }
function Old() { this.a = 1; }
console.log(new Old(), Object.create(Old.prototype), Object.create(new Point(1, 1)), new (class { constructor() { this.q = 1; } })());
// expect: Old { a: 1 } Old {} Point {} { q: 1 }
console.log({ [Symbol.toStringTag]: 'T', a: 1 }, Object.assign(Object.create({ [Symbol.toStringTag]: 'P' }), { b: 1 }));
// expect: { a: 1, [Symbol(Symbol.toStringTag)]: 'T' } Object [P] { b: 1 }
const noConstructor = Object.create(Object.create(null));
noConstructor.x = 1;
console.log(noConstructor, Object.create({}), Object.create({ inherited: 1 }));
// expect: Object <[Object: null prototype] {}> { x: 1 } {} {}
class List extends Array {}
class Dict extends Map {}
class Bag extends Set {}
console.log(List.from([1, 2]), new Dict([[1, 2]]), new Bag([1]), new List(), new List(3), new Dict());
// expect: List(2) [ 1, 2 ] Dict(1) [Map] { 1 => 2 } Bag(1) [Set] { 1 } List(0) [] List(3) [ <3 empty items> ] Dict(0) [Map] {}
