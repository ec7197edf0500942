const a = [0, 1, 2, 3, 4, 5];
console.log(a.splice(1, 2), a, a.splice(-1), a, a.splice(1, 0, 'x', 'y'), a, a.splice(0, 1, 'z'), a, a.splice(2, 99, 'end'), a, a.splice(), a.splice(undefined), a);
// expect: [ 1, 2 ] [] [ 5 ] [] [] [] [ 0 ] [] [ 'y', 3, 4 ] [] [] [ 'z', 'x', 'end' ] []
const b = [1, 2, 3, 4];
console.log(b.slice(), b.slice(1), b.slice(-2), b.slice(1, -1), b.slice(2, 1), b.slice(-9, 9), b.slice(NaN), b.slice('1', '2'), b.slice() === b);
// expect: [ 1, 2, 3, 4 ] [ 2, 3, 4 ] [ 3, 4 ] [ 2, 3 ] [] [ 1, 2, 3, 4 ] [ 1, 2, 3, 4 ] [ 2 ] false
console.log(b.splice(1, undefined), b.splice(1, NaN, 'in'), b, b.splice(-99, 1), [1, , 3].splice(0, 2), [1, 2, 3].toSpliced(1, 1, 'a', 'b'));
// expect: [] [] [ 'in', 2, 3, 4 ] [ 1 ] [ 1, <1 empty item> ] [ 1, 'a', 'b', 3 ]
