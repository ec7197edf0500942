function add(a, b) { return a + b; }
function mul(a, b) { return a * b; }
function sub(a, b) { return a - b; }
const out = [];
for (const [a, b] of [[1, 2], [2147483647, 1], [0.5, 0.5], [-2147483648, -1], ['a', 1], [1, 2], [NaN, 1], [1e308, 1e308], [-0, 0], [3, 4]]) out.push(add(a, b), mul(a, b), sub(a, b));
console.log(out.map(String).join(' '));
// expect: 3 2 -1 2147483648 2147483647 2147483646 1 0.25 0 -2147483649 2147483648 -2147483647 a1 NaN NaN 3 2 -1 NaN NaN NaN Infinity Infinity 0 0 0 0 7 12 -1
let x = 1;
for (let i = 0; i < 40; i++) x *= 2;
for (let i = 0; i < 40; i++) x /= 2;
console.log(x, x === 1, [10, 20][x], 'ab'[x - 0.0]); // expect: 1 true 20 b
let h = 0;
for (let i = 0; i < 1000; i++) h = (h * 31 + i) | 0;
console.log(h, h >>> 0, Math.imul(h, 31), (h * 31) | 0); // expect: 562641396 562641396 262014092 262014092
console.log(5 / 1, 4 / 2, [1, 2, 3][4 / 2], 6 % 4, 0.1 * 10, 1e3 | 0, Object.is(0 / -3, -0), Object.is(-3 % 3, -0), [7][-0], { '-0': 1 }[-0]);
// expect: 5 2 3 2 1 1000 true true 7 undefined
