// Callbacks of built-ins.
console.log([3, 1, 2].sort((a, b) => a - b).map((x) => x * 2).filter((x) => x > 2)); // expect: [ 4, 6 ]
console.log('a1b22'.replace(/\d+/g, (digits) => `<${digits}>`), JSON.parse('{"a":[1,2]}', (k, v) => (k === '0' ? 9 : v))); // expect: a<1>b<22> { a: [ 9, 2 ] }
console.log(JSON.stringify({ a: { toJSON() { return 'j'; } }, get b() { return [1]; } })); // expect: {"a":"j","b":[1]}
console.log([1, 2, 3, 4].values().filter((x) => x % 2).map((x) => x + 1).toArray(), Object.groupBy([1, 2, 3], (x) => (x > 1 ? 'big' : 'small'))); // expect: [ 2, 4 ] [Object: null prototype] { small: [ 1 ], big: [ 2, 3 ] }
