const [a, , b = 'default', ...rest] = [1, 2, undefined, 4, 5];
console.log(a, b, rest); // expect: 1 default [ 4, 5 ]
const [x, [y, z] = [7, 8]] = [1];
console.log(x, y, z); // expect: 1 7 8
const [p, q] = 'hi';
console.log(p, q); // expect: h i
const [] = [];
const [first, ...[second, ...third]] = [1, 2, 3, 4];
console.log(first, second, third); // expect: 1 2 [ 3, 4 ]
const [m = 1, n = m + 1, o = n + 1] = [undefined, null];
console.log(m, n, o); // expect: 1 null 1
let [none] = [];
console.log(none); // expect: undefined
