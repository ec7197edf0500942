function f(a, b) {
  const o = { a, b: 1, 'two words': 2, m() { return 3; }, f: () => 4 };
  const p = { 0: a, [b]: b, [a + b]() {}, get x() { return 1; }, set x(v) {}, get [b]() { return 2; }, ...o, __proto__: a };
  const q = { n() { return super.n(); }, a, a: 2 };
  return [[], [1, , 2], [...a, 3, , b], {}, o, p, q];
}
const long = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34];
