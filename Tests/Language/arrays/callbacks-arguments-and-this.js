const calls = [];
const a = ['x', 'y'];
const ctx = { c: 1 };
for (const m of ['forEach', 'map', 'filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap']) {
  a[m](function (v, i, all) {
    if (i === 0) calls.push(`${m}:${v}${i}${all === a}${this === ctx}${arguments.length}`);
    return m === 'every';
  }, ctx);
}
console.log(calls);
// expect: [
// expect:   'forEach:x0truetrue3',
// expect:   'map:x0truetrue3',
// expect:   'filter:x0truetrue3',
// expect:   'some:x0truetrue3',
// expect:   'every:x0truetrue3',
// expect:   'find:x0truetrue3',
// expect:   'findIndex:x0truetrue3',
// expect:   'findLast:x0truetrue3',
// expect:   'findLastIndex:x0truetrue3',
// expect:   'flatMap:x0truetrue3'
// expect: ]
a.reduce((acc, v, i, all) => (console.log(acc, v, i, all === a), acc + v), '');
// expect:  x 0 true
// expect: x y 1 true
a.reduceRight((acc, v, i, all) => (console.log(acc, v, i, all === a), acc + v)); // expect: y x 0 true
for (const m of ['map', 'forEach', 'filter', 'reduce', 'find', 'some', 'sort', 'flatMap']) {
  try {
    [1][m]({});
  } catch (e) {
    console.log(m, e.message);
    // expect: map #<Object> is not a function
    // expect: forEach #<Object> is not a function
    // expect: filter #<Object> is not a function
    // expect: reduce #<Object> is not a function
    // expect: find #<Object> is not a function
    // expect: some #<Object> is not a function
    // expect: sort The comparison function must be either a function or undefined
    // expect: flatMap flatMap mapper function is not callable
  }
}
try {
  [].reduce((x) => x);
} catch (e) {
  console.log(e.name, e.message); // expect: TypeError Reduce of empty array with no initial value
}
console.log([].reduce((x) => x, 'initial'), [5].reduce(() => 'not called'), [].reduceRight((x) => x, 0), [1, 2].reduce((x, y) => x + y, undefined));
// expect: initial 5 0 NaN
