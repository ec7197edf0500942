const a = {}, b = a, c = {};
console.log(a === b, a === c, a !== c, a == b, Object.is(a, b), [a].includes(b), [a].includes(c), [a].indexOf(c), new Set([a, b, c]).size, new Map([[a, 1]]).get(b));
// expect: true false true true true true false -1 2 1
const id = (x) => x;
console.log(id(a) === a, [a][0] === a, { a }.a === a, ((...r) => r[0])(a) === a, (() => { let { x } = { x: a }; return x === a; })());
// expect: true true true true true
