console.log('e\u0301'.length, 'e\u0301'.normalize().length, '\u00e9'.normalize('NFD').length, String.raw({ raw: 'abc' }, 1, 2, 3));
// expect: 2 1 2 a1b2c
console.log('a-b_c'.split('-').flatMap((p) => p.split('_')), 'x'.codePointAt());
// expect: [ 'a', 'b', 'c' ] 120
