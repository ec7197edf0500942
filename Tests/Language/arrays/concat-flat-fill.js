console.log([1].concat(2, [3, [4]], 'ab'), [].concat(), [1].concat([]), [[1]].concat([[2]]), [1, [2, [3, [4]]]].flat(), [1, [2, [3, [4]]]].flat(Infinity), [1, [2]].flat(0), [[1, 2], [3]].flatMap((x) => x), [1, 2].flatMap((x) => [[x]]), [1, 2].flatMap((x) => x));
// expect: [ 1, 2, 3, [ 4 ], 'ab' ] [] [ 1 ] [ [ 1 ], [ 2 ] ] [ 1, 2, [ 3, [ 4 ] ] ] [ 1, 2, 3, 4 ] [ 1, [ 2 ] ] [ 1, 2, 3 ] [ [ 1 ], [ 2 ] ] [ 1, 2 ]
console.log(new Array(3).fill(0), [1, 2, 3].fill('x', 1), [1, 2, 3].fill('x', -2, -1), [1, 2, 3].fill(9, 5), Array(2).fill([]), [1, 2, 3, 4, 5].copyWithin(0, 3), [1, 2, 3, 4, 5].copyWithin(1, 0, 3), [1, 2, 3].reverse(), [1, 2].toReversed(), [1, 2, 3].with(1, 'w'));
// expect: [ 0, 0, 0 ] [ 1, 'x', 'x' ] [ 1, 'x', 3 ] [ 1, 2, 3 ] [ [], [] ] [ 4, 5, 3, 4, 5 ] [ 1, 1, 2, 3, 5 ] [ 3, 2, 1 ] [ 2, 1 ] [ 1, 'w', 3 ]
const shared = Array(2).fill({});
shared[0].x = 1;
console.log(shared); // expect: [ { x: 1 }, { x: 1 } ]
try {
  [1].with(3, 0);
} catch (e) {
  console.log(e.name, e.message); // expect: RangeError Invalid index : 3
}
