function f(o, g, k, ...rest) {
  g();
  g(1, g(2, o), o.m(3));
  o.m(k).n(k)[k](k);
  o.push(1);
  o.push(1, 2);
  o.list.push(g(4));
  g(...rest, 5);
  o.m(...rest);
  new g;
  new o.K(1, k);
  new g(...rest);
  const x = g(6);
  return o.a.b.c(x.length);
}
