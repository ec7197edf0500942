const log = [];
const at = (name) => (log.push('target ' + name), box);
const box = {};
const key = (k) => (log.push('key ' + k), k);
const source = {
  get a() { log.push('get a'); return undefined; },
  get b() { log.push('get b'); return 2; },
};
({ [key('a')]: at('x').x = (log.push('default a'), 1), [key('b')]: at('y').y } = (log.push('source'), source));
console.log(log.join(', ')); // expect: source, key a, target x, get a, default a, key b, target y, get b
console.log(box); // expect: { x: 1, y: 2 }
log.length = 0;
const iterator = {
  [Symbol.iterator]: () => ({ next: () => (log.push('next'), { value: undefined, done: false }), return: () => (log.push('return'), {}) }),
};
[at('x').x = (log.push('default'), 1), at('y').y] = iterator;
console.log(log.join(', ')); // expect: target x, next, default, target y, next, return
