console.log([3, 1, 2].sort(), [10, 9, 1].sort(), [10, 9, 1].sort((a, b) => a - b), ['b', undefined, 'a'].sort(), [3, , 1].sort(), [true, false, 'x', null].sort(), [-1, -2, 5].sort(), [].sort());
// expect: [ 1, 2, 3 ] [ 1, 10, 9 ] [ 1, 9, 10 ] [ 'a', 'b', undefined ] [ 1, 3, <1 empty item> ] [ false, null, true, 'x' ] [ -1, -2, 5 ] []
const people = [{ n: 'a', g: 2 }, { n: 'b', g: 1 }, { n: 'c', g: 2 }, { n: 'd', g: 1 }, { n: 'e', g: 1 }];
console.log(people.sort((x, y) => x.g - y.g).map((p) => p.n).join('')); // expect: bdeac
const big = Array.from({ length: 600 }, (_, i) => ({ k: (i * 7919) % 13, i }));
big.sort((x, y) => x.k - y.k);
console.log(big.every((x, i) => i === 0 || big[i - 1].k < x.k || (big[i - 1].k === x.k && big[i - 1].i < x.i)));
// expect: true
const a = [2, 1];
console.log(a.sort() === a, [1, 2, 3].sort(() => 0), [1, 2, 3].sort((x, y) => y - x), [5, undefined, 3, undefined, 4].sort((x, y) => x - y), ['B', 'a', 'C'].sort((x, y) => x.toLowerCase() < y.toLowerCase() ? -1 : 1));
// expect: true [ 1, 2, 3 ] [ 3, 2, 1 ] [ 3, 4, 5, undefined, undefined ] [ 'a', 'B', 'C' ]
console.log([1, 2, 3, 4].sort((x, y) => (x % 2) - (y % 2)), [3, 2, 1].sort(undefined), [2, 1, 3].toSorted(), [1, 2].sort((a, b) => ({ valueOf: () => b - a })), [1, 2].sort(() => NaN));
// expect: [ 2, 4, 1, 3 ] [ 1, 2, 3 ] [ 1, 2, 3 ] [ 2, 1 ] [ 1, 2 ]
for (const bad of [null, 5, 'x', {}]) {
  try {
    [1, 2].sort(bad);
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError The comparison function must be either a function or undefined
    // expect: TypeError The comparison function must be either a function or undefined
    // expect: TypeError The comparison function must be either a function or undefined
    // expect: TypeError The comparison function must be either a function or undefined
  }
}
