const a = [1, 2, 3, 2, NaN, '2'];
console.log(a.indexOf(2), a.indexOf(2, 2), a.indexOf(2, -2), a.lastIndexOf(2), a.lastIndexOf(2, 2), a.lastIndexOf(2, -4), a.indexOf(NaN), a.includes(NaN), a.includes('2'), a.includes(2, 4), a.indexOf('1'));
// expect: 1 3 -1 3 1 1 -1 true true false -1
console.log(a.find((x) => x > 1), a.find((x) => x > 9), a.findIndex((x) => x === 3), a.findLast((x) => x === 2), a.findLastIndex((x) => x === 2), a.findIndex(() => false));
// expect: 2 undefined 2 2 3 -1
console.log([0].includes(-0), [-0].indexOf(0), [[]].includes([]), [].includes(), [undefined].includes(), [1, 2, 3].at(-1), [1].at(5), [1, 2].at('1'), [1, 2].at(NaN));
// expect: true 0 false false true 3 undefined 2 1
