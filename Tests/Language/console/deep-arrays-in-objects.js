console.log({ matrix: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], rows: [['a', 'b'], ['c', 'd']] });
// expect: {
// expect:   matrix: [ [ 1, 0, 0 ], [ 0, 1, 0 ], [ 0, 0, 1 ] ],
// expect:   rows: [ [ 'a', 'b' ], [ 'c', 'd' ] ]
// expect: }
console.log({ users: [{ name: 'Ann', roles: ['admin', 'user'], address: { city: 'X', geo: { lat: 1, lon: 2 } } }], total: 1 });
// expect: {
// expect:   users: [ { name: 'Ann', roles: [Array], address: [Object] } ],
// expect:   total: 1
// expect: }
console.log([[[1, [2]]], { a: [{ b: [{}] }] }], [[], {}, [[]], [{}]]);
// expect: [ [ [ 1, [Array] ] ], { a: [ [Object] ] } ] [ [], {}, [ [] ], [ {} ] ]
console.log([undefined, null, [undefined], { u: undefined }]);
// expect: [ undefined, null, [ undefined ], { u: undefined } ]
console.log({ a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], b: 'x', c: { d: [1, 2, 3, 4, 5, 6, 7] } });
// expect: {
// expect:   a: [
// expect:     1, 2, 3, 4,  5,
// expect:     6, 7, 8, 9, 10
// expect:   ],
// expect:   b: 'x',
// expect:   c: {
// expect:     d: [
// expect:       1, 2, 3, 4,
// expect:       5, 6, 7
// expect:     ]
// expect:   }
// expect: }
