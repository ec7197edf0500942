const pattern = /a(?<n>b)/gi;
pattern.lastIndex = 3;
const copy = structuredClone({ pattern, same: pattern, date: new Date(0), boxed: [new Number(1), new String('s'), new Boolean(false), Object(5n)] });
console.log(copy.pattern, copy.pattern.lastIndex, copy.pattern === copy.same, copy.pattern !== pattern); // expect: /a(?<n>b)/gi 0 true true
console.log(copy.date.getTime(), copy.boxed); // expect: 0 [ [Number: 1], [String: 's'], [Boolean: false], [BigInt: 5n] ]
console.log('xAB'.replace(copy.pattern, '[$<n>]')); // expect: x[B]
for (const Kind of [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError]) {
  const error = structuredClone(new Kind('m'));
  console.log(error.constructor === Kind, error.message);
}
// expect: true m
// expect: true m
// expect: true m
// expect: true m
// expect: true m
// expect: true m
// expect: true m
class Own extends Error { name = 'Own'; extra = 1; }
const own = structuredClone(new Own('x'));
console.log(own.constructor === Error, own.name, own.message, 'extra' in own); // expect: true Error x false
const map = new Map([[{ k: 1 }, new Set([1, [2]])]]);
map.set('self', map);
const cloned = structuredClone(map);
console.log(cloned.get('self') === cloned, [...cloned][0]); // expect: true [ { k: 1 }, Set(2) { 1, [ 2 ] } ]
class Point { #secret = 1; x = 1; get y() { return 2; } }
console.log(structuredClone(new Point()), structuredClone([1, , 3]), structuredClone(Object.create({ a: 1 }))); // expect: { x: 1 } [ 1, <1 empty item>, 3 ] {}
for (const bad of [() => 1, Symbol('s'), { deep: [Symbol.iterator] }, new WeakMap(), new WeakSet(), Object(Symbol('o')), [1].values(), (function* () {})()]) {
  try {
    structuredClone(bad);
  } catch (error) {
    console.log(error.name, error.code);
  }
}
// expect: DataCloneError 25
// expect: DataCloneError 25
// expect: DataCloneError 25
// expect: DataCloneError 25
// expect: DataCloneError 25
// expect: DataCloneError 25
// expect: DataCloneError 25
// expect: DataCloneError 25
