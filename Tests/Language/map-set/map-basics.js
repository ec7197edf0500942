const m = new Map([['a', 1], ['b', 2]]);
console.log(m.get('a'), m.has('c'), m.size, m.set('c', 3) === m, m.delete('a'), m.delete('zz'), m, [...m.keys()], [...m.values()], [...m], [...m.entries()].length);
// expect: 1 false 2 true true false Map(2) { 'b' => 2, 'c' => 3 } [ 'b', 'c' ] [ 2, 3 ] [ [ 'b', 2 ], [ 'c', 3 ] ] 2
m.set(NaN, 'nan').set(-0, 'zero').set('0', 'string').set(undefined, 'u').set(null, 'n');
console.log(m.get(NaN), m.get(0), Object.is([...m.keys()][3], 0), m.get('0'), m.get(undefined), m.get(), m.get(null), m.size);
// expect: nan zero true string u u n 7
const k = {}, f = () => {};
m.set(k, 'object').set(f, 'function').set([], 'array');
console.log(m.get(k), m.get({}), m.get(f), m.get([]), m.clear(), m.size, m, new Map(null).size, new Map(undefined).size, new Map(m) !== m);
// expect: object undefined function undefined undefined 0 Map(0) {} 0 0 true
for (const f of [() => Map(), () => new Map(5), () => new Map([1]), () => Map.prototype.get.call({}, 1), () => Map.prototype.size]) {
  try {
    f();
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError Constructor Map requires 'new'
    // expect: TypeError number 5 is not iterable (cannot read property Symbol(Symbol.iterator))
    // expect: TypeError Iterator value 1 is not an entry object
    // expect: TypeError Method Map.prototype.get called on incompatible receiver #<Object>
    // expect: TypeError Method get Map.prototype.size called on incompatible receiver #<Map>
  }
}
