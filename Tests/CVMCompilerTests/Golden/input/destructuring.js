function f({ a, b: { c = 1 }, ['k' + 1]: d, ...rest }, [x, , y = 2, ...more] = []) {
  [a, c] = [c, a];
  ({ a, b: d.e[x] } = rest);
  for (const [key, { value }] of more) x(key, value);
  const {} = y;
  return { rest, d };
}
