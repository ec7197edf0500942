const $ = 1, _ = 2, ñ = 3, Ω = 4, of = 5, get = 6, set = 7, async = 8, from = 9, as = 10, type = 11, \u0061bc = 12, target = 13, undefined1 = 14, NaN1 = 15, meta = 16, 变量 = 17;
console.log($ + _ + ñ + Ω + of + get + set + async + from + as + type + abc + target + undefined1 + NaN1 + meta + 变量);
// expect: 153
const o = { if: 1, class: 2, function: 3, typeof: 4, in: 5, let: 6, yield: 7, await: 8 };
console.log(o.if + o.class + o.function + o.typeof + o.in + o.let + o.yield + o.await); // expect: 36
const f = ({ of, get }) => of + get;
console.log(f({ of: 1, get: 2 }), (async => async + 1)(1)); // expect: 3 2
for (const of of [1]) console.log(of); // expect: 1
