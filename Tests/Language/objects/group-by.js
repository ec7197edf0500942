// Object.groupBy and Map.groupBy: keys of all kinds, and callbacks that throw close the iterator.
console.log(Object.groupBy([1, 2, 3, 4], (x) => (x % 2 ? "odd" : "even")));
// expect: [Object: null prototype] { odd: [ 1, 3 ], even: [ 2, 4 ] }
console.log(Object.keys(Object.groupBy("cabbage", (c) => c.charCodeAt(0) - 97)).join());
// expect: 0,1,2,4,6
const symbol = Symbol("s");
console.log(Object.groupBy([1, 2], () => symbol)[symbol].join(), Object.groupBy([1], () => ({ toString: () => "made" })).made.join());
// expect: 1,2 1
console.log([...Map.groupBy([0, -0, NaN, NaN, "0"], (x) => x).values()].map((group) => group.length).join());
// expect: 2,2,1
const holder = {};
console.log(Map.groupBy([holder, {}, holder], (x) => x).get(holder).length);
// expect: 2
const log = [];
function* values() { try { yield 1; yield 2; } finally { log.push("closed"); } }
for (const groupBy of [Object.groupBy, Map.groupBy]) {
  try { groupBy(values(), () => { throw new Error("callback"); }); } catch (e) { log.push(e.message); }
}
try { Object.groupBy(values(), () => ({ toString() { throw new Error("key"); } })); } catch (e) { log.push(e.message); }
console.log(log.join());
// expect: closed,callback,closed,callback,closed,key
