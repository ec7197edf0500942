const { a, b: renamed, c = 3, d: { e } = { e: 'deep default' }, ...rest } = { a: 1, b: 2, x: 'x', y: 'y' };
console.log(a, renamed, c, e, rest); // expect: 1 2 3 deep default { x: 'x', y: 'y' }
const key = 'k';
const { [key]: computed, [`${key}2`]: second = 'none' } = { k: 'found' };
console.log(computed, second); // expect: found none
const { length, 0: zero, [1]: one } = 'xyz';
console.log(length, zero, one); // expect: 3 x y
const { toFixed } = 5;
console.log(toFixed === Number.prototype.toFixed); // expect: true
const { 'quoted key': q, 1e3: thousand } = { 'quoted key': 'q', 1000: 't' };
console.log(q, thousand); // expect: q t
const {} = 'anything';
