console.log(0, -0, 1, -1, 1.5, 0.1, 1e21, 1e20, 123456789012345680000, 1e-6, 1e-7, 1.5e-9, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, 100, 1e5, 123e-20, NaN, -Infinity);
// expect: 0 -0 1 -1 1.5 0.1 1e+21 100000000000000000000 123456789012345680000 0.000001 1e-7 1.5e-9 5e-324 1.7976931348623157e+308 0.30000000000000004 100 100000 1.23e-18 NaN -Infinity
console.log(String(-0), (-0).toString(), `${-0}`, JSON.stringify(-0), [-0] + '', -0 + '', 4.35, 0.000001, 0.0000012345, 1 / 3, 2 / 3, 1e100, 9007199254740993, 2 ** 64, -1e-7, 1.0, 1e300 * 10, 12345.678, 0.5e-6);
// expect: 0 0 0 0 0 0 4.35 0.000001 0.0000012345 0.3333333333333333 0.6666666666666666 1e+100 9007199254740992 18446744073709552000 -1e-7 1 1e+301 12345.678 5e-7
console.log(255..toString(16), (255).toString(2), (-255).toString(36), (0.5).toString(2), (0.1).toString(3), (1e21).toString(7), (3.75).toString(8), NaN.toString(2), (-Infinity).toString(5), (35).toString(36), (0).toString(2), (2 ** 31).toString(32), (1 / 3).toString(2));
// expect: ff 11111111 -73 0.1 0.0022002200220022002200220022002201 5135235413265003022600000 3.6 NaN -Infinity z 0 2000000 0.010101010101010101010101010101010101010101010101010101
for (const r of [1, 37, 0, -2]) {
  try {
    (1).toString(r);
  } catch (e) {
    console.log(e.name, e.message);
    // expect: RangeError toString() radix argument must be between 2 and 36
    // expect: RangeError toString() radix argument must be between 2 and 36
    // expect: RangeError toString() radix argument must be between 2 and 36
    // expect: RangeError toString() radix argument must be between 2 and 36
  }
}
