const log = [];
const source = { get a() { log.push('a'); return 1; }, get b() { log.push('b'); return 2; }, get c() { log.push('c'); return 3; } };
const { b, ...rest } = source;
console.log(b, rest, log); // expect: 2 { a: 1, c: 3 } [ 'b', 'a', 'c' ]
// not for node: it reads the excluded property twice
