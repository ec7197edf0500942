console.log({ 2: 'b', 1: 'a', 'x y': 1, '01': 2, 1.5: 3, '-1': 4, NaN: 5, true: 6, null: 7, 'a.b': 8, 'ünï': 9, _: 10 });
// expect: {
// expect:   '1': 'a',
// expect:   '2': 'b',
// expect:   'x y': 1,
// expect:   '01': 2,
// expect:   '1.5': 3,
// expect:   '-1': 4,
// expect:   NaN: 5,
// expect:   true: 6,
// expect:   null: 7,
// expect:   'a.b': 8,
// expect:   'ünï': 9,
// expect:   _: 10
// expect: }
console.log({ 'new\nline': 1, "quo'te": 2, 'dou"ble': 3, constructor: 4, __proto__x: 5, 'with`tick': 6, 'and`tock': 7 });
// expect: {
// expect:   'new\nline': 1,
// expect:   "quo'te": 2,
// expect:   'dou"ble': 3,
// expect:   constructor: 4,
// expect:   __proto__x: 5,
// expect:   'with`tick': 6,
// expect:   'and`tock': 7
// expect: }
