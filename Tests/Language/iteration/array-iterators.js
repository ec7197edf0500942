const a = ['x', 'y'];
const it = a.entries();
console.log(it.next(), it.next(), it.next(), it.next());
// expect: { value: [ 0, 'x' ], done: false } { value: [ 1, 'y' ], done: false } { value: undefined, done: true } { value: undefined, done: true }
console.log([...a.keys()], [...a.values()], [...[, 1].entries()]);
// expect: [ 0, 1 ] [ 'x', 'y' ] [ [ 0, undefined ], [ 1, 1 ] ]
console.log(a[Symbol.iterator] === a.values, it[Symbol.iterator]() === it); // expect: true true
const live = [1];
const v = live.values();
v.next();
live.push(2);
console.log(v.next().value, v.next().done); // expect: 2 true
live.push(3);
console.log(v.next().done, Object.prototype.toString.call(v), typeof v.next);
// expect: true [object Array Iterator] function
const s = 'a😀b'[Symbol.iterator]();
console.log(s.next().value, s.next().value, [...s], Object.prototype.toString.call(s));
// expect: a 😀 [ 'b' ] [object String Iterator]
