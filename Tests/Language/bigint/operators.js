const big = 12345678901234567890n;
console.log(big, -big, big + 1n, big - big, big * big, big / 7n, big % 7n, 2n ** 100n, -7n / 2n, -7n % 2n);
console.log(0xffn, 0b101n, 0o17n, 1_000_000n, 0n, -0n, 0XABCDEFabcdefn);
console.log(5n & 3n, 5n | 3n, 5n ^ 3n, ~5n, -5n & 3n, 1n << 70n, -1n >> 3n, 1n << -1n, 256n >> 4n);
let x = 1n;
x++; ++x; x += 5n; x **= 2n; x--; x <<= 3n; x %= 100n;
console.log(x, x++, x--, -x, typeof x);
console.log(1n < 2n, 2n > 1, 1n <= 1, 2 >= 3n, 1n == 1, 1n === 1, 1n == '1', '2' == 2n, 1n == true, 0n == '', 1n < '2', 'x' < 1n, 1n > 'x');
console.log(1n < 1.5, 2n > 1.5, 10n ** 30n > 1e30, 1n == NaN, 1n < Infinity, -1n > -Infinity, 9007199254740993n == 9007199254740992);
console.log(0n ? 'true' : 'false', !0n, !!1n, 0n || 'or', 1n && 'and', 0n ?? 'nullish');
for (const f of [() => 1n + 1, () => 1 * 1n, () => +1n, () => 1n >>> 0n, () => 1n / 0n, () => 1n % 0n, 
  () => 1n + Symbol(), () => Math.max(1n), () => 1n & 1, () => -{ valueOf: () => 1n } + 1]) {
  try { console.log(f()); } catch (e) { console.log(e.name + ': ' + e.message); }
}
console.log(1n + 'text', `${10n}`, 'a' + 2n, [1n, 2n].join(), { 1n: 'key', 0x10n: 'hex' }, ['a', 'b'][1n]);
const o = { valueOf() { return 3n; } };
console.log(o + 1n, o * 2n, -o, ~o, o < 4n, o == 3n);
let c = { valueOf: () => 41n };
c++;
console.log(c);
switch (3n) { case 3: console.log('number'); break; case 3n: console.log('bigint'); }
console.log([1n, 2n, 3n].includes(2n), [1n].indexOf(1n), new Set([1n, 1n, 1]).size, new Map([[10n, 'ten']]).get(10n), Object.is(1n, 1n));
let product = 1n;
for (let i = 1n; i <= 30n; i++) product *= i;
console.log(product);
const fibonacci = (n) => { let [a, b] = [0n, 1n]; for (let i = 0; i < n; i++) [a, b] = [b, a + b]; return a; };
console.log(fibonacci(200));
console.log((2n ** 64n - 1n).toString(16), BigInt('0x1f'), BigInt(10), typeof Object(1n));
class K { 1n() { return 'method'; } static 2n = 'field'; get 3n() { return 'getter'; } }
console.log(new K()[1](), K[2], new K()[3]);
const { 1n: destructured } = ['zero', 'one'];
console.log(destructured);
console.log(1n.constructor === BigInt, 255n.toString(2), [3n, 1n, 2n].sort().join(), [3n, 1, 2n].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
// expect: 12345678901234567890n -12345678901234567890n 12345678901234567891n 0n 152415787532388367501905199875019052100n 1763668414462081127n 1n 1267650600228229401496703205376n -3n -1n
// expect: 255n 5n 15n 1000000n 0n 0n 188900977659375n
// expect: 1n 7n 6n -6n 3n 1180591620717411303424n -1n 0n 16n
// expect: 4n 4n 5n -4n bigint
// expect: true true true false true false true true true true true false false
// expect: true true false false true true false
// expect: false true true or and 0n
// expect: TypeError: Cannot mix BigInt and other types, use explicit conversions
// expect: TypeError: Cannot mix BigInt and other types, use explicit conversions
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: BigInts have no unsigned right shift, use >> instead
// expect: RangeError: Division by zero
// expect: RangeError: Division by zero
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: Cannot mix BigInt and other types, use explicit conversions
// expect: TypeError: Cannot mix BigInt and other types, use explicit conversions
// expect: 1text 10 a2 1,2 { '1': 'key', '16': 'hex' } b
// expect: 4n 6n -3n -4n true true
// expect: 42n
// expect: bigint
// expect: true 0 2 ten true
// expect: 265252859812191058636308480000000n
// expect: 280571172992510140037611932413038677189525n
// expect: ffffffffffffffff 31n 10n object
// expect: method field getter
// expect: one
// expect: true 11111111 1,2,3 [ 1, 2n, 3n ]
