let a, b, o = { list: [] };
[a, b] = [1, 2];
[a, b] = [b, a];
console.log(a, b); // expect: 2 1
({ x: o.x, y: o['y'], z: [o.z] } = { x: 1, y: 2, z: [3] });
[o.list[0], o.list[1], ...o.more] = 'abcd';
console.log(o); // expect: { list: [ 'a', 'b' ], x: 1, y: 2, z: 3, more: [ 'c', 'd' ] }
const result = ([a] = [5, 6]);
console.log(result, a); // expect: [ 5, 6 ] 5
({ a, b = 'dflt' } = { a: 9 });
console.log(a, b); // expect: 9 dflt
[[a], { b }] = [['n'], { b: 'm' }];
console.log(a, b); // expect: n m
for ([a, b] of [[1, 2], [3, 4]]) console.log(a + b);
// expect: 3
// expect: 7
for ({ a, b: o.b } of [{ a: 'p', b: 'q' }]) console.log(a, o.b); // expect: p q
