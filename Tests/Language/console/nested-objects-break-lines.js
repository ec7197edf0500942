console.log({ name: 'first', list: [1, 2, 3], inner: { x: 1, y: 2, text: 'some text here' }, more: { z: [1] } });
// expect: {
// expect:   name: 'first',
// expect:   list: [ 1, 2, 3 ],
// expect:   inner: { x: 1, y: 2, text: 'some text here' },
// expect:   more: { z: [ 1 ] }
// expect: }
console.log({ name: 'first', list: [1, 2, 3], inner: { x: 1, y: 2, text: 'some text here', deep: { a: [1, 2] } } });
// expect: {
// expect:   name: 'first',
// expect:   list: [ 1, 2, 3 ],
// expect:   inner: { x: 1, y: 2, text: 'some text here', deep: { a: [Array] } }
// expect: }
console.log([{ a: 1, b: 2 }, { a: 3, b: 4 }], [[1, 2], [3, 4]], { a: [{ b: 1 }] });
// expect: [ { a: 1, b: 2 }, { a: 3, b: 4 } ] [ [ 1, 2 ], [ 3, 4 ] ] { a: [ { b: 1 } ] }
console.log([{ id: 1, name: 'one', tags: ['a', 'b'] }, { id: 2, name: 'two', tags: ['c', 'd'] }, { id: 3, name: 'three', tags: [] }]);
// expect: [
// expect:   { id: 1, name: 'one', tags: [ 'a', 'b' ] },
// expect:   { id: 2, name: 'two', tags: [ 'c', 'd' ] },
// expect:   { id: 3, name: 'three', tags: [] }
// expect: ]
console.log({ a: { b: 1 }, c: { d: { e: 1 } } }, { x: [[1, [2]]] });
// expect: { a: { b: 1 }, c: { d: { e: 1 } } } { x: [ [ 1, [Array] ] ] }
console.log({ level: { one: { two: 'x' } }, f() {}, g: () => 1 });
// expect: { level: { one: { two: 'x' } }, f: [Function: f], g: [Function: g] }
