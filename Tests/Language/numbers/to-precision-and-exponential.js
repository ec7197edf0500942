console.log((123.456).toPrecision(4), (0.000123).toPrecision(2), (1234567).toPrecision(2), (0).toPrecision(3), (1e21).toPrecision(3), (1.25).toPrecision(2), (1.35).toPrecision(2), (99.99).toPrecision(3), (1e-7).toPrecision(3), (123456).toPrecision(6), (5).toPrecision(1), (-1.5).toPrecision(1), (0.00001).toPrecision(1), (1e-6).toPrecision(3), (123).toPrecision(), NaN.toPrecision(3), (0.1).toPrecision(21));
// expect: 123.5 0.00012 1.2e+6 0.00 1.00e+21 1.3 1.4 100 1.00e-7 123456 5 -2 0.00001 0.00000100 123 NaN 0.100000000000000005551
console.log((123456).toExponential(), (123456).toExponential(2), (0).toExponential(), (0).toExponential(2), (-1.5).toExponential(0), (2.5).toExponential(0), (1e-7).toExponential(3), (0.00015).toExponential(), (5e-324).toExponential(), (1.7976931348623157e308).toExponential(5), Infinity.toExponential(), (255).toExponential(5), (10).toExponential(), (99.9).toExponential(1));
// expect: 1.23456e+5 1.23e+5 0e+0 0.00e+0 -2e+0 3e+0 1.000e-7 1.5e-4 5e-324 1.79769e+308 Infinity 2.55000e+2 1e+1 1.0e+2
for (const f of [() => (1).toPrecision(0), () => (1).toPrecision(101), () => (1).toExponential(-1), () => (1).toExponential(101), () => Number.prototype.toFixed.call('1')]) {
  try {
    f();
  } catch (e) {
    console.log(e.name, e.message);
    // expect: RangeError toPrecision() argument must be between 1 and 100
    // expect: RangeError toPrecision() argument must be between 1 and 100
    // expect: RangeError toExponential() argument must be between 0 and 100
    // expect: RangeError toExponential() argument must be between 0 and 100
    // expect: TypeError Number.prototype.toFixed requires that 'this' be a Number
  }
}
