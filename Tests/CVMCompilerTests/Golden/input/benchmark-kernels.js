function fib(n) { if (n < 2) return n; return fib(n - 1) + fib(n - 2); }
function sum(n) { let s = 0; for (let i = 0; i < n; i++) s += i; return s; }
function sieve(n) {
  const a = new Array(n + 1).fill(true);
  for (let i = 2; i * i <= n; i++) if (a[i]) for (let j = i * i; j <= n; j += i) a[j] = false;
  let c = 0;
  for (let i = 2; i <= 5000000; i++) if (a[i]) c++;
  return c;
}
function mandel(w) {
  let count = 0;
  for (let y = 0; y < w; y++) {
    for (let x = 0; x < w; x++) {
      const cr = 2.5 * x / w - 1.7, ci = 2 * y / w - 1;
      let zr = 0, zi = 0, k = 0;
      while (k < 50 && zr * zr + zi * zi < 4) { const t = zr * zr - zi * zi + cr; zi = 2 * zr * zi + ci; zr = t; k++; }
      count += k;
    }
  }
  return count;
}
function tree(d) { return d === 0 ? { left: null, right: null } : { left: tree(d - 1), right: tree(d - 1) }; }
function check(t) { return t.left === null ? 1 : 1 + check(t.left) + check(t.right); }
function qsort(a, lo, hi) {
  while (lo < hi) {
    const p = a[(lo + hi) >> 1];
    let i = lo, j = hi;
    while (i <= j) {
      while (a[i] < p) i++;
      while (a[j] > p) j--;
      if (i <= j) { const t = a[i]; a[i] = a[j]; a[j] = t; i++; j--; }
    }
    if (j - lo < hi - i) { qsort(a, lo, j); lo = i; } else { qsort(a, i, hi); hi = j; }
  }
}
function props(n) { const o = {x: 1, y: 2, z: 3}; for (let i = 0; i < n; i++) { o.x = o.y + o.z; o.y = o.x & 1023; o.z++; } return o.x }
