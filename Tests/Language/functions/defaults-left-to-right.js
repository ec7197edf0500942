const log = [];
const t = (v) => (log.push(v), v);
function f(a = t(1), b = t(a + 1), c = t(b + 1)) { return [a, b, c]; }
console.log(f(), f(undefined, 5), f(null, 0, '')); // expect: [ 1, 2, 3 ] [ 1, 5, 6 ] [ null, 0, '' ]
console.log(log); // expect: [ 1, 2, 3, 1, 6 ]
