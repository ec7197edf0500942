// A generator that delegates to another, to a built-in iterator and to an object of the program.
function* inner(n) { for (let i = 0; i < n; i++) yield i; return 'inner'; }
const own = { [Symbol.iterator]() { let n = 0; return { next: () => ({ value: 'own', done: n++ > 0 }), return: () => ({}) }; } };
function* outer() { console.log(yield* inner(2)); yield* [7]; yield* own; yield* arguments; }
console.log([...outer('a')]); // expect: inner
// expect: [ 0, 1, 7, 'own', 'a' ]
for (const value of outer()) { if (value === 7) break; console.log(value); } // expect: 0
// expect: 1
// expect: inner
const [first, ...rest] = outer();
console.log(first, rest); // expect: inner
// expect: 0 [ 1, 7, 'own' ]
