console.log({ a: { b: { c: { d: 1 } } } }); // expect: { a: { b: { c: [Object] } } }
console.log({ a: { b: { c: {} } } }, { a: { b: { c: [] } } }, { a: { b: { c: [1] } } });
// expect: { a: { b: { c: {} } } } { a: { b: { c: [] } } } { a: { b: { c: [Array] } } }
console.log([[[[1]]]], [[[]]], [[[{}]]], [[[[]]]], { a: [{ b: { c: 1 } }] });
// expect: [ [ [ [Array] ] ] ] [ [ [] ] ] [ [ [ {} ] ] ] [ [ [ [] ] ] ] { a: [ { b: [Object] } ] }
console.log({ a: { b: { c: new Map([[1, 2]]) } } }, { a: { b: { c: new (class Foo {})() } } }, { a: { b: { c: () => 1 } } }, { a: { b: { c: Object.create(null) } } });
// expect: { a: { b: { c: [Map] } } } { a: { b: { c: Foo {} } } } { a: { b: { c: [Function: c] } } } { a: { b: { c: [Object: null prototype] {} } } }
console.log({ a: { b: { c: class A {} } } }, { a: { b: { c: new Set() } } }, [[[new Error('deep').message]]]);
// expect: { a: { b: { c: [class A] } } } { a: { b: { c: Set(0) {} } } } [ [ [ 'deep' ] ] ]
