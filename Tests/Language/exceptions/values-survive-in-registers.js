function f(a, b, c) {
  const before = [a, b, c];
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    try {
      sum += before[i];
      if (i === 1) null.x;
      sum += 100;
    } catch (e) {
      sum += 1000;
    }
  }
  return [sum, a, b, c, before];
}
console.log(f(1, 2, 3)); // expect: [ 1206, 1, 2, 3, [ 1, 2, 3 ] ]
let v = 0;
try {
  v = 1 + (() => { throw 0; })();
} catch {}
console.log(v); // expect: 0
let o = { p: 1 };
try {
  o.p = o.q.r;
} catch {}
console.log(o.p); // expect: 1
