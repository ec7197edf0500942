let reads = 0;
const it = {
  n: 0,
  get next() { reads++; return () => ({ value: this.n++, done: this.n > 3 }); },
  [Symbol.iterator]() { return this; },
};
const out = [];
for (const x of it) out.push(x);
console.log(out, reads); // expect: [ 0, 1, 2 ] 1
const { value, done } = [][Symbol.iterator]().next();
console.log(value, done); // expect: undefined true
for (const x of { [Symbol.iterator]: () => ({ next: () => ({ done: 1, value: 'never' }) }) }) console.log(x);
