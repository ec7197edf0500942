console.log([0.5, -0.5, 1.5, 2.5, -1.5, -2.5, 0.49999999999999994, -0.2, 1e20, -0, NaN, 4503599627370495.5, 2 ** 52 + 0.5].map(Math.round));
// expect: [
// expect:   1,
// expect:   -0,
// expect:   2,
// expect:   3,
// expect:   -1,
// expect:   -2,
// expect:   0,
// expect:   -0,
// expect:   100000000000000000000,
// expect:   -0,
// expect:   NaN,
// expect:   4503599627370496,
// expect:   4503599627370496
// expect: ]
console.log([1.7, -1.7, 0.2, -0.2, -0].map(Math.floor), [1.2, -1.2, -0.2].map(Math.ceil), [1.9, -1.9, -0.5].map(Math.trunc), [-3, 0, -0, 5, NaN].map(Math.sign), [5.5, 1.337, 5e-324].map(Math.fround));
// expect: [ 1, -2, 0, -1, -0 ] [ 2, -1, -0 ] [ 1, -1, -0 ] [ -1, 0, -0, 1, NaN ] [ 5.5, 1.3370000123977661, 0 ]
