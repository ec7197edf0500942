console.log(['short', 'a much longer string entry in the list', 'x', 'y', 'z', 'w', 'v']);
// expect: [
// expect:   'short',
// expect:   'a much longer string entry in the list',
// expect:   'x',
// expect:   'y',
// expect:   'z',
// expect:   'w',
// expect:   'v'
// expect: ]
console.log(Array.from({ length: 8 }, (_, i) => 'x'.repeat(i * 6)));
// expect: [
// expect:   '',
// expect:   'xxxxxx',
// expect:   'xxxxxxxxxxxx',
// expect:   'xxxxxxxxxxxxxxxxxx',
// expect:   'xxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
// expect: ]
console.log(Array.from({ length: 12 }, (_, i) => ({ i })));
// expect: [
// expect:   { i: 0 },  { i: 1 },
// expect:   { i: 2 },  { i: 3 },
// expect:   { i: 4 },  { i: 5 },
// expect:   { i: 6 },  { i: 7 },
// expect:   { i: 8 },  { i: 9 },
// expect:   { i: 10 }, { i: 11 }
// expect: ]
console.log(Array.from({ length: 7 }, (_, i) => [i, i + 1]));
// expect: [
// expect:   [ 0, 1 ], [ 1, 2 ],
// expect:   [ 2, 3 ], [ 3, 4 ],
// expect:   [ 4, 5 ], [ 5, 6 ],
// expect:   [ 6, 7 ]
// expect: ]
console.log({ list: Array.from({ length: 30 }, (_, i) => i), name: 'x' });
// expect: {
// expect:   list: [
// expect:      0,  1,  2,  3,  4,  5,  6,  7,  8,
// expect:      9, 10, 11, 12, 13, 14, 15, 16, 17,
// expect:     18, 19, 20, 21, 22, 23, 24, 25, 26,
// expect:     27, 28, 29
// expect:   ],
// expect:   name: 'x'
// expect: }
console.log([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]]);
// expect: [
// expect:   [
// expect:      1,  2,  3,  4,  5,  6,  7,
// expect:      8,  9, 10, 11, 12, 13, 14,
// expect:     15, 16, 17, 18, 19, 20
// expect:   ]
// expect: ]
console.log(Array.from({ length: 9 }, (_, i) => [Array.from({ length: 8 }, (_, j) => i * j)]));
// expect: [
// expect:   [
// expect:     [
// expect:       0, 0, 0, 0,
// expect:       0, 0, 0, 0
// expect:     ]
// expect:   ],
// expect:   [
// expect:     [
// expect:       0, 1, 2, 3,
// expect:       4, 5, 6, 7
// expect:     ]
// expect:   ],
// expect:   [
// expect:     [
// expect:       0,  2,  4,  6,
// expect:       8, 10, 12, 14
// expect:     ]
// expect:   ],
// expect:   [
// expect:     [
// expect:        0,  3,  6,  9,
// expect:       12, 15, 18, 21
// expect:     ]
// expect:   ],
// expect:   [
// expect:     [
// expect:        0,  4,  8, 12,
// expect:       16, 20, 24, 28
// expect:     ]
// expect:   ],
// expect:   [
// expect:     [
// expect:        0,  5, 10, 15,
// expect:       20, 25, 30, 35
// expect:     ]
// expect:   ],
// expect:   [
// expect:     [
// expect:        0,  6, 12, 18,
// expect:       24, 30, 36, 42
// expect:     ]
// expect:   ],
// expect:   [
// expect:     [
// expect:        0,  7, 14, 21,
// expect:       28, 35, 42, 49
// expect:     ]
// expect:   ],
// expect:   [
// expect:     [
// expect:        0,  8, 16, 24,
// expect:       32, 40, 48, 56
// expect:     ]
// expect:   ]
// expect: ]
