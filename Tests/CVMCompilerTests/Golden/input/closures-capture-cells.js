function counter(start) {
  let n = start;
  const add = (k) => { n += k; return n; };
  function twice() { return add(n) + twice.length; }
  return { add, twice, get value() { return n; }, set value(v) { n = v; } };
}
function loops(list) {
  for (let i = 0; i < 3; i++) list.push(() => i);
  for (const x of list) list.push(() => x);
  for (const k in list) list.push(() => k);
}
function self(n) {
  function inner(k) { return k ? inner(k - 1) : n; }
  return inner(3);
}
