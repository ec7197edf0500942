"use strict";
// Destructuring and spread: swaps, pairs, defaults, rest elements, copies with changes, argument lists.

const origin = { x: 0, y: 0, color: "black" };

function length({ x, y = 1, ...rest }) { return x * x + y * y + (rest.color ? 1 : 0); }

function minMax([first, ...others]) {
  let min = first, max = first;
  for (const value of others) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}

function sum(...values) {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function run(n) {
  let result = 0, a = 1, b = 2;
  for (let i = 0; i < n; i++) {
    [a, b] = [b, a + 1];
    const point = { ...origin, x: i % 10 };
    result += length(point) + length({ x: 2 });
    const [min, max] = minMax([i % 3, i % 5, i % 7]);
    result += max - min;
    const list = [min, ...[a, b], max];
    result += sum(...list, 1) + Math.max(...list);
    const { color: name, missing = 3, nested: { deep } = { deep: 4 } } = point;
    result += name.length + missing + deep;
    const [head, , third = 7] = [i, 1];
    result += head % 2 + third;
  }
  for (let i = 0; i < n / 10; i++) {
    for (const [key, value] of Object.entries({ one: 1, two: 2, three: i })) result += key.length * value;
    const moved = { ...origin, ...{ x: 1, z: 2 }, y: i };
    result += Object.keys(moved).length + moved.y;
  }
  return result + a + b;
}

(typeof print === "function" ? print : console.log)(run(200000));
