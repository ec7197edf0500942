function f(list) {
  const copy = [...list];
  for (const x of list) { if (x) return x; }
  for (copy.last of list) ;
  return f(...copy, 1);
}
