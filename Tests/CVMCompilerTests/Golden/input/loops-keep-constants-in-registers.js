function f(a, n) {
  let s = '';
  for (let i = 0; i < 1000000; i++) {
    s += 'ab';
    a[i] = false;
    if (a[0] === null) n = n * 2.5 + 1000;
  }
  while (n) n = n - 1000;
  return s;
}
