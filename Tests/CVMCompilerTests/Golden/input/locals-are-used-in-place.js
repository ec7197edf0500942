function f(a, b) {
  let s = a + b;
  s += a;
  s = s * 2 - b / 3 % 4 ** 2;
  const t = s;
  a = b = t;
  s++;
  let old = s--;
  old = old + (s = 2);
  return old + s + (a, b);
}
