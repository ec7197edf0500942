console.log(JSON.stringify({ a: [1, { b: 2 }], c: {}, d: [], e: 'x' }, null, 2));
// expect: {
// expect:   "a": [
// expect:     1,
// expect:     {
// expect:       "b": 2
// expect:     }
// expect:   ],
// expect:   "c": {},
// expect:   "d": [],
// expect:   "e": "x"
// expect: }
console.log(JSON.stringify([1, [2]], null, '--'));
// expect: [
// expect: --1,
// expect: --[
// expect: ----2
// expect: --]
// expect: ]
console.log(JSON.stringify({ a: 1 }, null, 20).split('\n')[1].length, JSON.stringify({ a: 1 }, null, 'abcdefghijklmnop').split('\n')[1], JSON.stringify({ a: 1 }, null, 0), JSON.stringify({ a: 1 }, null, ''), JSON.stringify({ a: 1 }, null, -1), JSON.stringify([1], null, new Number(1)), JSON.stringify([1], null, true), JSON.stringify([1], null, 1.9));
// expect: 16 abcdefghij"a": 1 {"a":1} {"a":1} {"a":1} [
// expect:  1
// expect: ] [1] [
// expect:  1
// expect: ]
