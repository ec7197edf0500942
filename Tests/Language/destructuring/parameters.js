const f = ({ a, b = 2 } = {}, [c, d] = [3, 4], ...{ length }) => [a, b, c, d, length];
console.log(f(), f({ a: 1 }, 'xy', 5, 6)); // expect: [ undefined, 2, 3, 4, 0 ] [ 1, 2, 'x', 'y', 2 ]
function g({ p: { q } }) { return q; }
console.log(g({ p: { q: 'deep' } }), f.length, g.length); // expect: deep 0 1
try {
  g({});
} catch (e) {
  console.log(e.name); // expect: TypeError
}
try {
  g();
} catch (e) {
  console.log(e.name); // expect: TypeError
}
const entries = Object.entries({ x: 1, y: 2 }).map(([k, v]) => `${k}=${v}`);
console.log(entries); // expect: [ 'x=1', 'y=2' ]
const swap = ([a, b]) => [b, a];
console.log(swap([1, 2])); // expect: [ 2, 1 ]
