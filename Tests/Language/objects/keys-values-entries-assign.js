const o = Object.create({ inherited: 1 }, { hidden: { value: 2, enumerable: false }, seen: { value: 3, enumerable: true } });
o.own = 4;
console.log(Object.keys(o), Object.values(o), Object.entries(o), Object.getOwnPropertyNames(o), Object.keys('ab'), Object.entries([7]), Object.keys(5), Object.values('xy'));
// expect: [ 'seen', 'own' ] [ 3, 4 ] [ [ 'seen', 3 ], [ 'own', 4 ] ] [ 'hidden', 'seen', 'own' ] [ '0', '1' ] [ [ '0', 7 ] ] [] [ 'x', 'y' ]
console.log(Object.assign({ a: 1 }, { b: 2 }, null, undefined, 'st', 5, [9]), Object.assign([1, 2], [3]), Object.fromEntries([['a', 1], ['b', 2]]), Object.fromEntries(new Map([['m', 1]])), Object.fromEntries(Object.entries({ x: 1 }).map(([k, v]) => [k + k, v + 1])));
// expect: { '0': 9, '1': 't', a: 1, b: 2 } [ 3, 2 ] { a: 1, b: 2 } { m: 1 } { xx: 2 }
const log = [];
Object.assign({ set x(v) { log.push('set ' + v); } }, { get x() { log.push('get'); return 1; } });
console.log(log); // expect: [ 'get', 'set 1' ]
for (const f of [() => Object.keys(null), () => Object.assign(undefined, {}), () => Object.fromEntries(5), () => Object.fromEntries([1]), () => Object.entries(undefined), () => Object.assign(Object.freeze({ a: 1 }), { a: 2 })]) {
  try {
    f();
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError Cannot convert undefined or null to object
    // expect: TypeError Cannot convert undefined or null to object
    // expect: TypeError number 5 is not iterable (cannot read property Symbol(Symbol.iterator))
    // expect: TypeError Iterator value 1 is not an entry object
    // expect: TypeError Cannot convert undefined or null to object
    // expect: TypeError Cannot assign to read only property 'a' of object '#<Object>'
  }
}
console.log(Object.assign(Object('s'), { p: 1 }).p, Object.is(Object.assign(o), o), typeof Object.assign(1));
// expect: 1 true object
