const o = Object.create(null);
console.log(o); // expect: [Object: null prototype] {}
o.a = 1;
o.b = Object.create(null);
console.log(o, [Object.create(null)], { n: Object.create(null) });
// expect: [Object: null prototype] { a: 1, b: [Object: null prototype] {} } [ [Object: null prototype] {} ] { n: [Object: null prototype] {} }
console.log(Object.setPrototypeOf([1], null), Object.setPrototypeOf(new Map([[1, 2]]), null), Object.setPrototypeOf(() => {}, null));
// expect: [Array(1): null prototype] [ 1 ] [Map(1): null prototype] { 1 => 2 } [Function (null prototype) (anonymous)]
