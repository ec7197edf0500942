const o = { a: { b: null, f() { return this === o.a; } }, n: null };
let count = 0;
console.log(o?.a?.b?.c.d.e, o.n?.x.y.z(count++)[count++], o.missing?.(count++), o.a?.f(), o.a.f?.(), o.a.nope?.(), o?.['a']?.['b'], count);
// expect: undefined undefined undefined true true undefined null 0
console.log(null?.x, undefined?.[count++], (void 0)?.(), ''?.length, 0?.toFixed(1), false?.x, count);
// expect: undefined undefined undefined 0 0.0 undefined 0
console.log(o.n?.x?.(), (o.n?.x)?.y, delete o?.a?.b, delete o.n?.x, o);
// expect: undefined undefined true true { a: { f: [Function: f] }, n: null }
try {
  (o.n?.x).y;
} catch (e) {
  console.log(e.message); // expect: Cannot read properties of undefined (reading 'y')
}
try {
  o.a.f?.x.y;
} catch (e) {
  console.log(e.message); // expect: Cannot read properties of undefined (reading 'y')
}
try {
  o.a?.();
} catch (e) {
  console.log(e.message); // expect: o.a is not a function
}
console.log(o?.a.f?.call(o.a), [1, 2]?.map?.((x) => x * 2), 1 ?.5 : 2, o.a?.f.name); // expect: true [ 2, 4 ] 0.5 f
