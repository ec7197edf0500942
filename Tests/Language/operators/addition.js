console.log(1 + 2, '1' + 2, 1 + '2', 1 + null, 1 + undefined, 1 + true, '' + null, '' + undefined, [] + [], [] + {}, [1, 2] + 3);
// expect: 3 12 12 1 NaN 2 null undefined  [object Object] 1,23
console.log(0.1 + 0.2, -0 + -0, 0 + -0, Infinity + -Infinity, 2147483647 + 1, -2147483648 + -1, 4294967295 + 1);
// expect: 0.30000000000000004 -0 0 NaN 2147483648 -2147483649 4294967296
console.log(9007199254740991 + 2, 1e308 + 1e308, NaN + 1, 'x' + NaN, 1 + 2 + 'x' + 1 + 2);
// expect: 9007199254740992 Infinity NaN xNaN 3x12
console.log({} + 1, (() => 1) + '', true + true, null + null, undefined + undefined);
// expect: [object Object]1 () => 1 2 0 NaN
