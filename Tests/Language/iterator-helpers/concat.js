// not for node: version 20 has no Iterator.concat
console.log(Iterator.concat([1, 2], new Set([3]), 'x'[Symbol.iterator]()).toArray()); // expect: [ 1, 2, 3, 'x' ]
console.log([...Iterator.concat()]); // expect: []
const log = [];
const source = (name) => ({ [Symbol.iterator]() { log.push('open ' + name); return { next: () => ({ done: false, value: name }), return() { log.push('close ' + name); return {}; } }; } });
const both = Iterator.concat(source('a'), source('b'));
console.log(log.length); // expect: 0
console.log(both.next(), both.return(), both.next()); // expect: { value: 'a', done: false } { value: undefined, done: true } { value: undefined, done: true }
console.log(log); // expect: [ 'open a', 'close a' ]
for (const bad of ['text', {}, 1]) {
  try {
    Iterator.concat(bad);
  } catch (e) {
    console.log(e.name); // expect: TypeError
  }
}
// expect: TypeError
// expect: TypeError
