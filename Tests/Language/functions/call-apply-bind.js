function f(...args) { return [this?.tag ?? this, ...args]; }
console.log(f.call({ tag: 't' }, 1, 2), f.apply({ tag: 'u' }, [3, 4]), f.apply(null), f.apply(null, undefined));
// expect: [ 't', 1, 2 ] [ 'u', 3, 4 ] [ null ] [ null ]
console.log(f.apply(null, { length: 2, 0: 'x', 1: 'y' })); // expect: [ null, 'x', 'y' ]
const b = f.bind({ tag: 'b' }, 1);
console.log(b(2), b.call({ tag: 'ignored' }, 3), b.bind({ tag: 'also' }, 9)(8));
// expect: [ 'b', 1, 2 ] [ 'b', 1, 3 ] [ 'b', 1, 9, 8 ]
function Point(x, y) { this.x = x; this.y = y; }
const P = Point.bind(null, 1);
const p = new P(2);
console.log(p.x, p.y, p instanceof Point, p instanceof P, 'prototype' in P); // expect: 1 2 true true false
try {
  f.apply(null, 1);
} catch (e) {
  console.log(e.name + ': ' + e.message); // expect: TypeError: CreateListFromArrayLike called on non-object
}
console.log(Function.prototype.call.call(function () { return this.v; }, { v: 'twice' })); // expect: twice
console.log(Math.max.apply(null, [1, 5, 3]), Math.max.call(null, 1, 2)); // expect: 5 2
