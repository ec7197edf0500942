console.log(Math.max(), Math.min(), Math.max(1, 'x'), Math.max(1, '3'), Math.min(0, -0), Math.max(-0, 0), Math.max(NaN, 1), Math.max([5]), Math.max(1, undefined), Math.min(null, 1), Math.abs(-5), Math.abs('-3'), Math.abs(null), Math.abs(-0), Math.abs());
// expect: -Infinity Infinity NaN 3 -0 0 NaN 5 NaN 0 5 3 0 0 NaN
console.log(Math.sqrt(2), Math.sqrt(-1), Math.cbrt(27), Math.hypot(3, 4), Math.hypot(), Math.pow(2, 0.5), Math.exp(1), Math.log(Math.E), Math.log2(8), Math.log10(1000), Math.log1p(0), Math.expm1(0), Math.log(0), Math.log(-1));
// expect: 1.4142135623730951 NaN 3 5 0 1.4142135623730951 2.718281828459045 1 3 3 0 0 -Infinity NaN
console.log(Math.sin(0), Math.cos(0), Math.tan(0), Math.atan2(1, 1), Math.atan2(-0, -1), Math.asin(1), Math.acos(1), Math.atan(1), Math.PI, Math.E, Math.LN2, Math.SQRT2, Math.SQRT1_2, Math.LOG2E);
// expect: 0 1 0 0.7853981633974483 -3.141592653589793 1.5707963267948966 0 0.7853981633974483 3.141592653589793 2.718281828459045 0.6931471805599453 1.4142135623730951 0.7071067811865476 1.4426950408889634
console.log(Math.clz32(1), Math.clz32(0), Math.imul(0xffffffff, 5), Math.imul(2 ** 31, 2), Math.sinh(0), Math.cosh(0), Math.tanh(Infinity), Math.asinh(0), Math.acosh(1), Math.atanh(0), Math.trunc('7.8'), Math[Symbol.toStringTag]);
// expect: 31 32 -5 0 0 1 1 0 0 0 7 Math
const r = Math.random();
console.log(r >= 0 && r < 1, Math.random() !== Math.random(), typeof Math, Object.keys(Math).length);
// expect: true true object 0
