const numbers = () => [1, 2, 3, 4, 5].values();
console.log([...numbers().take(2)], [...numbers().take(9)], [...numbers().take(0)], [...numbers().take(Infinity)]);
// expect: [ 1, 2 ] [ 1, 2, 3, 4, 5 ] [] [ 1, 2, 3, 4, 5 ]
console.log([...numbers().drop(2)], [...numbers().drop(9)], [...numbers().drop(0)], [...numbers().drop(Infinity)]);
// expect: [ 3, 4, 5 ] [] [ 1, 2, 3, 4, 5 ] []
console.log([...new Map([[1, 2], [3, 4]]).entries().take(1)], [...new Set("abc").values().drop(1)], [..."xyz"[Symbol.iterator]().take(2)]);
// expect: [ [ 1, 2 ] ] [ 'b', 'c' ] [ 'x', 'y' ]
// What take leaves stays in the iterator that it takes from, which is closed only when asked for one more.
const source = numbers();
const taken = source.take(2);
console.log(taken.next(), taken.next(), source.next(), taken.next(), taken.next(), source.next());
// expect: { value: 1, done: false } { value: 2, done: false } { value: 3, done: false } { value: undefined, done: true } { value: undefined, done: true } { value: 4, done: false }
const dropped = numbers().drop(3);
console.log(dropped.next(), dropped.return(), dropped.next());
// expect: { value: 4, done: false } { value: undefined, done: true } { value: undefined, done: true }
// Nested, and through holes and accessors.
console.log([...numbers().drop(1).take(3).drop(1)], [...[, 1, ,].values().take(3)]);
// expect: [ 3, 4 ] [ undefined, 1, undefined ]
const odd = [1, 2, 3];
Object.defineProperty(odd, 1, { get() { return "got"; } });
console.log([...odd.values().take(2)], [...odd.values().drop(1)]);
// expect: [ 1, 'got' ] [ 'got', 3 ]
const failing = [1];
Object.defineProperty(failing, 1, { get() { throw new Error("failed"); } });
const helper = failing.values().drop(0);
console.log(helper.next());
// expect: { value: 1, done: false }
try {
  helper.next();
} catch (error) {
  console.log(error.message, helper.next());
}
// expect: failed { value: undefined, done: true }
// The list grows while it is gone over.
const growing = [1];
const seen = [];
for (const value of growing.values().take(4)) {
  seen.push(value);
  growing.push(value + 1);
}
console.log(seen, growing.length);
// expect: [ 1, 2, 3, 4 ] 5
