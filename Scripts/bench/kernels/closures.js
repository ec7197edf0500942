"use strict";
// Closures: counters, composition, currying, memoisation, callbacks of array methods, private state.

function makeCounter(step) {
  let count = 0;
  return { next: () => (count += step), reset() { count = 0; }, get value() { return count; } };
}

const compose = (...functions) => (x) => functions.reduce((value, f) => f(value), x);
const curry = (a) => (b) => (c) => a * b + c;

function memoize(f) {
  const known = new Map();
  return (n) => {
    let value = known.get(n);
    if (value === undefined) {
      value = f(n);
      known.set(n, value);
    }
    return value;
  };
}

function run(n) {
  let sum = 0;
  const counters = [];
  for (let i = 0; i < 100; i++) counters.push(makeCounter(i));
  for (let i = 0; i < n * 10; i++) sum += counters[i % 100].next();
  for (const counter of counters) sum += counter.value;
  const transform = compose((x) => x + 1, (x) => x * 2, (x) => x - 3);
  for (let i = 0; i < n; i++) sum += transform(i);
  for (let i = 0; i < n; i++) sum += curry(i)(2)(3);
  const slow = memoize((k) => k * k % 1000);
  for (let i = 0; i < n; i++) sum += slow(i % 500);
  const list = Array.from({ length: 1000 }, (_, i) => i);
  for (let i = 0; i < n / 250; i++) {
    sum += list.map((x) => x * i).filter((x) => x % 3 === 0).reduce((a, b) => a + b, 0);
    list.forEach((x) => { if (x % 100 === i % 100) sum -= x; });
    if (list.some((x) => x === i)) sum += list.findIndex((x) => x === i);
  }
  return sum;
}

(typeof print === "function" ? print : console.log)(run(150000));
