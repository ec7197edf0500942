// Iterator and its helpers.
function source(log, count = 5) {
  let i = 0;
  return {
    __proto__: Iterator.prototype,
    next() { log.push("next"); return { done: i >= count, value: i++ }; },
    return() { log.push("return"); return {}; },
  };
}
const log = [];
console.log(source(log).map((x, i) => x * 10 + i).filter((x) => x !== 11).toArray()); // expect: [ 0, 22, 33, 44 ]
log.length = 0;
console.log(source(log).take(2).toArray(), log.join()); // expect: [ 0, 1 ] next,next,return
log.length = 0;
console.log(source(log).drop(3).toArray(), log.length); // expect: [ 3, 4 ] 6
console.log(source([], 3).flatMap((x) => [x, -x]).toArray()); // expect: [ 0, -0, 1, -1, 2, -2 ]
console.log(source([]).reduce((a, b) => a + b), source([]).reduce((a, b) => a + b, "s")); // expect: 10 s01234
log.length = 0;
console.log(source(log).some((x) => x === 1), source([]).every((x) => x < 5), source([]).find((x) => x > 2), log.join()); // expect: true true 3 next,next,return
const seen = [];
source([], 3).forEach((x, i) => seen.push(x + i));
console.log(seen); // expect: [ 0, 2, 4 ]
log.length = 0;
try {
  source(log).map(() => { throw new Error("mapper"); }).next();
} catch (e) {
  console.log(e.message, log.join()); // expect: mapper next,return
}
log.length = 0;
for (const x of source(log).map((x) => x)) if (x === 1) break;
console.log(log.join()); // expect: next,next,return
const helper = source([]).filter((x) => x % 2);
console.log(helper.next(), helper.return(), helper.next()); // expect: { value: 1, done: false } { value: undefined, done: true } { value: undefined, done: true }
console.log(helper[Symbol.toStringTag], helper[Symbol.iterator]() === helper, helper instanceof Iterator); // expect: Iterator Helper true true
console.log(Iterator.from("a😀b").toArray(), Iterator.from({ next: () => ({ done: true }) }).toArray()); // expect: [ 'a', '😀', 'b' ] []
console.log([1, 2, 3].values().map((x) => x * 2).toArray(), new Set([1, 2]).values().drop(1).toArray()); // expect: [ 2, 4, 6 ] [ 2 ]
console.log([...new Map([["a", 1]]).entries().map(([k, v]) => k + v)]); // expect: [ 'a1' ]
for (const f of [
  () => new Iterator(), () => Iterator(), () => source([]).take(-1), () => source([]).take(NaN), () => source([]).map(1),
  () => Iterator.from(5), () => Iterator.prototype.map.call(1, (x) => x), () => source([], 0).reduce((a) => a),
]) {
  try {
    f();
  } catch (e) {
    console.log(e.name); // the kinds of the errors, in order
  }
}
// expect: TypeError
// expect: TypeError
// expect: RangeError
// expect: RangeError
// expect: TypeError
// expect: TypeError
// expect: TypeError
// expect: TypeError
class Countdown extends Iterator {
  constructor(n) { super(); this.n = n; }
  next() { return this.n > 0 ? { done: false, value: this.n-- } : { done: true, value: undefined }; }
}
console.log(new Countdown(3).map((x) => x * x).toArray()); // expect: [ 9, 4, 1 ]
const running = source([]).map(() => running.next());
try { running.next(); } catch (e) { console.log(e.message); } // expect: Generator is already running
