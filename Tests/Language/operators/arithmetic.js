console.log(7 / 2, -7 / 2, 0 / 0, 1 / 0, -1 / 0, 1 / -0, 6 / 3, '6' / '3', 7 % 3, -7 % 3, 7 % -3, -4 % 2, 5.5 % 2, 5 % 0, Infinity % 2, 5 % Infinity);
// expect: 3.5 -3.5 NaN Infinity -Infinity -Infinity 2 2 1 -1 1 -0 1.5 NaN NaN 5
console.log(2147483647 * 2, -2147483648 * -1, 65536 * 65536, 123456789 * 987654321, -0 * 5, 0 * -5, '3' * '4', 'a' * 1, null * 5, [] * 1, [7] * 2);
// expect: 4294967294 2147483648 4294967296 121932631112635260 -0 -0 12 NaN 0 0 14
console.log(5 - '2', '5' - - '2', -2147483648 - 1, 0 - 0, -0 - 0, 0 - -0, 'abc' - 1, true - false);
// expect: 3 7 -2147483649 0 -0 0 NaN 1
console.log(2 ** 10, 2 ** -1, 2 ** 0.5, (-8) ** (1 / 3), 0 ** 0, NaN ** 0, 1 ** Infinity, 2 ** 3 ** 2, (-2) ** 2, 10 ** 21, 10 ** -7);
// expect: 1024 0.5 1.4142135623730951 NaN 1 1 NaN 512 4 1e+21 1e-7
console.log(Object.is(-4 % 2, -0), Object.is(-0 * 5, -0), Object.is(0 * -5, -0), Object.is(-0 - 0, -0), Object.is(-0 + 0, 0), Object.is(-1 % 1, -0));
// expect: true true true true true true
console.log(+'12', +'', +' 12 ', +'1e3', +'0x1f', +'0b11', +'0o17', +'1_0', +'1px', +[], +[5], +[1, 2], +{}, +null, +undefined, +true, -'5', +'-0x1', +'Infinity', +'-Infinity', +'infinity');
// expect: 12 0 12 1000 31 3 15 NaN NaN 0 5 NaN NaN 0 NaN 1 -5 NaN Infinity -Infinity NaN
