console.log([1, 2, 3, 4, 5, 6]); // expect: [ 1, 2, 3, 4, 5, 6 ]
console.log([1, 2, 3, 4, 5, 6, 7]);
// expect: [
// expect:   1, 2, 3, 4,
// expect:   5, 6, 7
// expect: ]
console.log(Array.from({ length: 10 }, (_, i) => i));
// expect: [
// expect:   0, 1, 2, 3, 4,
// expect:   5, 6, 7, 8, 9
// expect: ]
console.log(Array.from({ length: 27 }, (_, i) => i * i));
// expect: [
// expect:     0,   1,   4,   9,  16,  25,  36,
// expect:    49,  64,  81, 100, 121, 144, 169,
// expect:   196, 225, 256, 289, 324, 361, 400,
// expect:   441, 484, 529, 576, 625, 676
// expect: ]
console.log(Array.from({ length: 100 }, (_, i) => i));
// expect: [
// expect:    0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11,
// expect:   12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
// expect:   24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35,
// expect:   36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
// expect:   48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
// expect:   60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71,
// expect:   72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83,
// expect:   84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95,
// expect:   96, 97, 98, 99
// expect: ]
console.log(Array.from({ length: 20 }, (_, i) => 'item' + i));
// expect: [
// expect:   'item0',  'item1',  'item2',
// expect:   'item3',  'item4',  'item5',
// expect:   'item6',  'item7',  'item8',
// expect:   'item9',  'item10', 'item11',
// expect:   'item12', 'item13', 'item14',
// expect:   'item15', 'item16', 'item17',
// expect:   'item18', 'item19'
// expect: ]
console.log(['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff', 'ggggggg', 'hhhhhhhh']);
// expect: [
// expect:   'a',       'bb',
// expect:   'ccc',     'dddd',
// expect:   'eeeee',   'ffffff',
// expect:   'ggggggg', 'hhhhhhhh'
// expect: ]
console.log([1.5, -2, 300, 4, 5, 6, 7.25, 8]);
// expect: [
// expect:   1.5, -2,  300, 4,
// expect:     5,  6, 7.25, 8
// expect: ]
console.log([true, false, null, undefined, true, false, null]);
// expect: [ true, false, null, undefined, true, false, null ]
console.log([1, 'a', 2, 'b', 3, 'c', 4, 'd']);
// expect: [
// expect:   1, 'a', 2, 'b',
// expect:   3, 'c', 4, 'd'
// expect: ]
