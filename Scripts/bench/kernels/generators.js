"use strict";
// Generators: ranges, lazy pipelines, a tree walked with yield*, a consumer fed through next(), own iterators.

function* range(from, to) {
  for (let i = from; i < to; i++) yield i;
}

function* map(source, f) {
  for (const value of source) yield f(value);
}

function* filter(source, keep) {
  for (const value of source) if (keep(value)) yield value;
}

function* take(source, count) {
  let left = count;
  for (const value of source) {
    if (left-- === 0) return;
    yield value;
  }
}

function* fibonacci() {
  let [a, b] = [0, 1];
  for (;;) {
    yield a;
    [a, b] = [b, (a + b) % 1000007];
  }
}

function makeTree(depth) {
  return depth === 0 ? null : { left: makeTree(depth - 1), value: depth, right: makeTree(depth - 1) };
}

function* walk(tree) {
  if (tree === null) return;
  yield* walk(tree.left);
  yield tree.value;
  yield* walk(tree.right);
}

class Countdown {
  constructor(from) { this.from = from; }
  [Symbol.iterator]() {
    let n = this.from;
    return { next: () => (n > 0 ? { value: n--, done: false } : { value: undefined, done: true }) };
  }
}

function* averager() {
  let sum = 0, count = 0;
  for (;;) {
    const value = yield count === 0 ? 0 : sum / count;
    sum += value;
    count++;
  }
}

function run(n) {
  let sum = 0;
  for (const x of range(0, n * 4)) sum += x;
  for (const x of filter(map(range(0, n), (v) => v * 3), (v) => v % 2 === 0)) sum += x;
  for (const x of take(fibonacci(), n)) sum += x;
  const tree = makeTree(10);
  for (let i = 0; i < n / 10000; i++) for (const value of walk(tree)) sum += value;
  for (const x of new Countdown(n)) sum += x;
  const average = averager();
  average.next();
  let last = 0;
  for (let i = 0; i < n; i++) last = average.next(i).value;
  const [first, second, ...others] = take(range(5, n), 1000);
  return sum + last + first + second + others.length;
}

(typeof print === "function" ? print : console.log)(run(200000));
