console.log((1.005).toFixed(2), (1.45).toFixed(1), (8.345).toFixed(2), (0.5).toFixed(0), (1.5).toFixed(0), (2.5).toFixed(0), (-1.5).toFixed(0), (0).toFixed(2), (-0).toFixed(1), (1e21).toFixed(2), (123.456).toFixed(), (0.000001).toFixed(7), (1e-10).toFixed(2), (-0.0000001).toFixed(2));
// expect: 1.00 1.4 8.35 1 2 3 -2 0.00 0.0 1e+21 123 0.0000010 0.00 -0.00
console.log((1234.5678).toFixed(20), (0.1).toFixed(20), (1e20).toFixed(2), NaN.toFixed(2), (-Infinity).toFixed(1), (10.235).toFixed(2), (1.255).toFixed(2), (999.995).toFixed(2), (5e-324).toFixed(3), (123.456).toFixed(100).length, (2 ** 53).toFixed(1), (-2.345).toFixed(2));
// expect: 1234.56780000000003383320 0.10000000000000000555 100000000000000000000.00 NaN -Infinity 10.23 1.25 1000.00 0.000 104 9007199254740992.0 -2.35
for (const d of [-1, 101, Infinity]) {
  try {
    (1).toFixed(d);
  } catch (e) {
    console.log(e.name, e.message);
    // expect: RangeError toFixed() digits argument must be between 0 and 100
    // expect: RangeError toFixed() digits argument must be between 0 and 100
    // expect: RangeError toFixed() digits argument must be between 0 and 100
  }
}
