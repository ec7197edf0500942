class Range {
  constructor(from, to) { this.from = from; this.to = to; }
  [Symbol.iterator]() {
    let next = this.from;
    const { to } = this;
    return { next: () => (next <= to ? { value: next++, done: false } : { value: undefined, done: true }) };
  }
}
const r = new Range(1, 4);
console.log([...r], Array.from(r, (x) => x * x), Math.max(...r), new Set(r).size);
// expect: [ 1, 2, 3, 4 ] [ 1, 4, 9, 16 ] 4 4
for (const x of r) for (const y of r) if (x * y === 12) console.log(x, y);
// expect: 3 4
// expect: 4 3
const [one, , three] = r;
console.log(one, three); // expect: 1 3
console.log(new Map([...r].map((x) => [x, -x]))); // expect: Map(4) { 1 => -1, 2 => -2, 3 => -3, 4 => -4 }
