// Helpers on helpers over every kind of iterator; each step reads no more than it must.
const log = [];
function* numbers() {
  try {
    for (let i = 1; i < 9; i++) yield i;
  } finally {
    log.push("closed");
  }
}
console.log(numbers().map((x) => x * 2).filter((x) => x % 3).drop(1).take(3).toArray().join(), log.join());
// expect: 4,8,10 closed
console.log([1, 2, 3].values().map((x, i) => x * 10 + i).toArray().join(), [..."añ😀"[Symbol.iterator]().drop(1)].join());
// expect: 10,21,32 ñ,😀
console.log(new Map([[1, 2], [3, 4]]).entries().flatMap((pair) => pair).toArray().join());
// expect: 1,2,3,4
console.log(new Set("hello").values().filter((c) => c > "e").map((c) => c.toUpperCase()).reduce((a, b) => a + b));
// expect: HLO
console.log(Iterator.concat([1], numbers().take(2), new Set([9])).map((x) => -x).toArray().join());
// expect: -1,-1,-2,-9

// What an iterator of the program answers is looked at as often as it must be.
const watched = (count) => ({
  __proto__: Iterator.prototype,
  next() {
    return { get done() { log.push("done"); return count === 0; }, get value() { log.push("value"); return count--; } };
  },
  return() { log.push("return"); return {}; },
});
log.length = 0;
console.log(watched(3).drop(2).next().value, log.join());
// expect: 3 done,done,done,value
log.length = 0;
console.log(watched(3).map((x) => x).take(1).toArray().join(), log.join());
// expect: 3 done,value,return
log.length = 0;
try { watched(3).map(() => { throw new Error("mapper"); }).filter(() => true).toArray(); } catch (e) { log.push(e.message); }
console.log(log.join());
// expect: done,value,return,mapper
log.length = 0;
try { watched(3).flatMap((x) => x).next(); } catch (e) { log.push(e.name); }
console.log(log.join());
// expect: done,value,return,TypeError

// A helper that runs can't be entered again, and one that failed is at its end.
const again = { __proto__: Iterator.prototype, next() { try { helper.next(); } catch (e) { log.push(e.message); } return { done: true }; } };
const helper = again.map((x) => x);
log.length = 0;
console.log(JSON.stringify(helper.next()), log.join(), JSON.stringify(helper.next()));
// expect: {"done":true} Generator is already running {"done":true}
const failing = numbers().filter((x) => { if (x === 2) throw new Error("two"); return true; });
console.log(failing.next().value);
try { failing.next(); } catch (e) { console.log(e.message, JSON.stringify(failing.next())); }
// expect: 1
// expect: two {"done":true}

// A changed next method counts, before the helper is made.
const own = [1, 2, 3].values();
own.next = () => ({ done: false, value: "own" });
console.log(own.take(2).toArray().join());
// expect: own,own
const late = [1, 2, 3].values().map((x) => x);
late.next = () => ({ done: true });
console.log([...late].length, Iterator.prototype.toArray.call(late).length);
// expect: 0 0
for (const x of [1, 2, 3].values().map((x) => x + 1)) { if (x === 3) break; console.log(x); }
// expect: 2
