console.log(1 + 2 * 3 ** 2, (1 + 2) * 3, 10 - 4 - 3, 2 ** -1 * 4, -(2 ** 2), 7 & 3 == 3, 1 | 2 ^ 3 & 4, 1 << 2 + 1, 5 > 3 > 1, 1 < 2 < 3, !1 + 1, typeof 1 + 1);
// expect: 19 9 3 2 -4 1 3 8 false true 1 number1
let a = 1, b = 2, c;
c = a = b;
console.log(a, b, c, a ? b ? 'bb' : 'b' : 'a', true ? 1 : 0 ? 2 : 3, a++ + ++a, a, b-- - --b, b, - -1, + +'1', !!1, -+-1);
// expect: 2 2 2 bb 1 6 4 2 0 1 1 true 1
console.log(a, (b, c), [1, 2, 3][1, 2], (a, b) => a, ((a, b) => a + b)(1, 2), 2 + +'3', 'a' + -'1', 3 - -3, 1 - - 1);
// expect: 4 2 3 [Function (anonymous)] 3 5 a-1 6 2
console.log(null ?? 'x' === 'x', 4 / 2 * 3, 4 * 2 / 3 | 0, 2 + 3 + '5', '2' + 3 * 5, 1 == 1 == 1, 'b' in { b: 1 } && 1, void 0 ?? 'v', new Array(3).length);
// expect: true 6 2 55 215 true 1 v 3
