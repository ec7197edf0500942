console.log(1, -0, 0, 1.5, NaN, Infinity, 1e21, 'text', '', true, null, undefined, Symbol('s'), Symbol());
// expect: 1 -0 0 1.5 NaN Infinity 1e+21 text  true null undefined Symbol(s) Symbol()
console.log(); // expect:
console.log(''); // expect:
console.log('a', 'b', 1, 'c'); // expect: a b 1 c
console.log([1, -0, 1.5, NaN, 'text', '', true, null, undefined, Symbol('s'), Symbol('')]);
// expect: [
// expect:   1,         -0,
// expect:   1.5,       NaN,
// expect:   'text',    '',
// expect:   true,      null,
// expect:   undefined, Symbol(s),
// expect:   Symbol()
// expect: ]
