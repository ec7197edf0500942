// Whatever stands in the registers of a loop that is over, the program can be stopped there.
function f(o) {
  const seen = [];
  for (const k in o) seen.push(k);
  { let a = o, b = { v: a }, c = [b, a]; seen.push(c.length, typeof b.v); }
  for (const k of seen) { let a = k, b = [a], c = { b }; seen.last = c.b[0]; }
  { let a = seen, b = { a }, c = { b }; return c.b.a.last; }
}
console.log(f({ x: 1, y: 2 }), f([1]), f('ab')); // expect: object object string
