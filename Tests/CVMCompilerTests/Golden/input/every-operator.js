function f(a, b) {
  g(a + b, a - b, a * b, a / b, a % b, a ** b, a & b, a | b, a ^ b, a << b, a >> b, a >>> b);
  g(a + 1, a - 1, 3 * a, a % 7, a & 255, a | 0, a << 2, a >> 1, a >>> 0, a + 1000, a - 1.5);
  g(-a, +a, ~a, !a, typeof a, typeof missing, void a, delete a.b, delete a[b]);
  g(2 * 3 + 4, -(5), ~6, 1 / 0, 0.1 + 0.2, -0, 1e9, 70000);
  a.b += 1;
  a[b] -= 2;
  a[b]++;
  g(a.c++, --a.d);
  a ||= b;
  a.x &&= 1;
  a[b] ??= 2;
  g(NaN, Infinity, undefined);
}
