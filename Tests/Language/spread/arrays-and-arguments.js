console.log([...[1, 2], 3, ...[], ...'ab', ...new Set([4, 4, 5])]);
// expect: [
// expect:   1,   2, 3, 'a',
// expect:   'b', 4, 5
// expect: ]
console.log([...new Map([[1, 2]])], [...[1, , 3]]); // expect: [ [ 1, 2 ] ] [ 1, undefined, 3 ]
const f = (...a) => a;
console.log(f(...[1], 2, ...[3, 4]), f(...[], ...[])); // expect: [ 1, 2, 3, 4 ] []
console.log(new Array(...[3]).length, new Array(...[3, 4]).length); // expect: 3 2
console.log([...[..."x"], ...[...[1]]]); // expect: [ 'x', 1 ]
