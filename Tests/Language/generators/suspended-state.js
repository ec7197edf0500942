// What a generator keeps while it waits: registers, try blocks, delegation; and who resumes it.
function* many(a, b, c, d, e, f) {
  const g = [a, b];
  let h = c + d;
  try {
    const i = yield g.length + h;
    h += yield [i, e, f].join();
  } finally {
    yield "cleanup " + h;
  }
  return g;
}
const it = many(1, 2, 3, 4, 5, 6);
console.log(it.next("ignored"), it.next("i"), it.next(10), it.next(), it.next());
// expect: { value: 9, done: false } { value: 'i,5,6', done: false } { value: 'cleanup 17', done: false } { value: [ 1, 2 ], done: true } { value: undefined, done: true }
const returned = many(1, 2, 3, 4);
returned.next();
console.log(returned.return("r"), returned.next(), returned.return("again"));
// expect: { value: 'cleanup 7', done: false } { value: 'r', done: true } { value: 'again', done: true }

function* inner() { try { yield 1; yield 2; } finally { console.log("inner closed"); } return "result"; }
function* outer() { const result = yield* inner(); yield result; }
console.log([...outer()].join());
// expect: inner closed
// expect: 1,2,result
for (const value of outer()) { if (value === 1) break; }
// expect: inner closed
const running = (function* () { try { running.next(); } catch (error) { yield error.message; } })();
console.log(running.next().value);
// expect: Generator is already running

// The loop asks for `next` once; a replaced one is used, and results may be anything.
function* numbers() { yield 1; yield 2; yield 3; }
const patched = numbers();
let calls = 0;
patched.next = function () { calls++; return { value: calls * 10, done: calls > 2 }; };
console.log([...patched].join(), calls);
// expect: 10,20 3
const late = numbers();
const seen = [];
for (const value of late) {
  seen.push(value);
  late.next = () => ({ done: true });
}
console.log(seen.join());
// expect: 1,2,3
const prototype = Object.getPrototypeOf(Object.getPrototypeOf(numbers()));
const original = prototype.next;
prototype.next = function (value) { const result = original.call(this, value); return { value: -result.value, done: result.done }; };
console.log([...numbers()].join());
// expect: -1,-2,-3
prototype.next = original;
const [first, ...rest] = numbers();
console.log(first, rest.join(), Math.max(...numbers()), new Set(numbers()).size, Array.from(numbers(), (x) => x * 2).join());
// expect: 1 2,3 3 3 2,4,6
function* thrower() { yield 1; throw new Error("from generator"); }
try { for (const value of thrower()) console.log(value); } catch (error) { console.log(error.message); }
// expect: 1
// expect: from generator
