function tag(strings, ...values) { return [strings.join('|'), values, strings.raw.join('|'), Object.isFrozen(strings)]; }
console.log(tag`a${1}b${2}c`, tag``, tag`\n${'x'}`);
// expect: [ 'a|b|c', [ 1, 2 ], 'a|b|c', true ] [ '', [], '', true ] [ '\n|', [ 'x' ], '\\n|', true ]
const same = () => ((s) => s)`x${1}`;
console.log(same() === same(), ((s) => s)`x` === ((s) => s)`x`); // expect: true false
const o = { tag(s) { return this === o ? s.raw[0] : 'no'; } };
console.log(o.tag`method`, ((s) => s[0])`\unicode`, (() => () => (s) => s.length)()()`${1}${2}`, new (class { constructor(s) { this.s = s; } })('x').s);
// expect: method undefined 3 x
console.log(((s, v) => v(s))`${(s) => s.length}`); // expect: 2
