console.log(1 < 2, 2 < 1, 'a' < 'b', 'B' < 'a', '10' < '9', '10' < 9, 10 < '9', 'a' < 1, null < 1, undefined < 1, null <= 0, null >= 0, null > 0);
// expect: true false true true true false false false true false true true false
console.log(NaN < 1, NaN >= 1, NaN <= NaN, undefined <= undefined, [2] > 1, '' < 1, ' ' <= 0, true > false, 'abc' < 'abcd', 'é' > 'z', '😀' > '\uffff');
// expect: false false false false true true true true true true false
console.log(-0 < 0, 0 <= -0, Infinity > 1e308, -Infinity < -1e308, 1 <= 1.0, 2147483648 > 2147483647, -2147483649 < -2147483648);
// expect: false true true true true true true
console.log([1, 10] < [1, 9], ({}) < ({}), ({}) <= ({}), [] >= 0, new Number(3) > 2, 'a' >= 'a', 'a' > 'A');
// expect: true false true true true true true
