function f(a, k) {
  a?.b;
  a?.b.c[k]?.(1)?.d;
  a.m?.(k);
  (a?.b)(1);
  delete a?.b.c;
  return a?.[k]?.length;
}
