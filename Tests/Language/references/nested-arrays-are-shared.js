const o = { arr: [1, 2, 3] };
let r = o.arr;
r.push(4);
console.log(o.arr, o.arr === r, o.arr.length); // expect: [ 1, 2, 3, 4 ] true 4
o.arr = [];
console.log(r, o.arr, o.arr === r); // expect: [ 1, 2, 3, 4 ] [] false
const copy = { ...o, list: r };
copy.arr.push('through the copy');
console.log(o.arr, copy.list === r); // expect: [ 'through the copy' ] true
const grid = Array(2).fill([]);
grid[0].push(1);
console.log(grid[1], grid[0] === grid[1]); // expect: [ 1 ] true
