const a = [1, , 3, ,];
console.log(a, a.length, 1 in a, a[1], [, ], [, 1].length, [undefined, , null]);
// expect: [ 1, <1 empty item>, 3, <1 empty item> ] 4 false undefined [ <1 empty item> ] 2 [ undefined, <1 empty item>, null ]
console.log(a.map((x) => x * 2), a.filter(() => true), a.forEach((x, i) => i), a.indexOf(undefined), a.includes(undefined), a.findIndex((x) => x === undefined), a.join('-'), Object.keys(a));
// expect: [ 2, <1 empty item>, 6, <1 empty item> ] [ 1, 3 ] undefined -1 true 1 1--3- [ '0', '2' ]
console.log([...a], a.reduce((s, x) => s + x), a.some((x) => x === undefined), a.every((x) => x > 0), a.flat(), a.concat([, 5]), a.slice(0, 2), [, 2].reverse(), [3, , 1].sort(), [, 1].keys().next().value);
// expect: [ 1, undefined, 3, undefined ] 4 false true [ 1, 3 ] [ 1, <1 empty item>, 3, <2 empty items>, 5 ] [ 1, <1 empty item> ] [ 2, <1 empty item> ] [ 1, 3, <1 empty item> ] 0
console.log(Array.from(a), [, 1].entries().next().value, JSON.stringify(a), a.lastIndexOf(undefined), [1, , 2].fill(0, 1, 2), [, 1].copyWithin(1, 0), [, 'x'].at(0), a.toString());
// expect: [ 1, undefined, 3, undefined ] [ 0, undefined ] [1,null,3,null] -1 [ 1, 0, 2 ] [ <2 empty items> ] undefined 1,,3,
for (const x of [, 1]) console.log(x);
// expect: undefined
// expect: 1
