console.log(['plain', "it's", 'say "hi"', 'back``tick', `it's "both"`, `all ' " ${'``'}`, 'new\nline', 'tab\t', 'back\\slash', '\u0001\u007f', 'é😀', '\x1b[0m]']);
// expect: [
// expect:   'plain',       "it's",
// expect:   'say "hi"',    'back``tick',
// expect:   `it's "both"`, 'all \' " ``',
// expect:   'new\nline',   'tab\t',
// expect:   'back\\slash', '\x01\x7F',
// expect:   'é😀',         '\x1B[0m]'
// expect: ]
console.log({ 'it\'s': "it's", 'key with space': 1, valid_id: 2, $dollar: 3, '1abc': 4, 1: 5, 'é': 6, '-': 7, '': 8, 'a-b': 9 });
// expect: {
// expect:   '1': 5,
// expect:   "it's": "it's",
// expect:   'key with space': 1,
// expect:   valid_id: 2,
// expect:   '$dollar': 3,
// expect:   '1abc': 4,
// expect:   'é': 6,
// expect:   '-': 7,
// expect:   '': 8,
// expect:   'a-b': 9
// expect: }
console.log(['\ud800', 'a\udc00b'], '\u2028x'.length, ['\b\f\v\r']);
// expect: [ '\ud800', 'a\udc00b' ] 2 [ '\b\f\x0B\r' ]
