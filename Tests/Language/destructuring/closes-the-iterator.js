const log = [];
function iterable(count) {
  return {
    [Symbol.iterator]() {
      let n = 0;
      return {
        next() { log.push('next'); return { value: n++, done: n > count }; },
        return(...a) { log.push('return ' + a.length); return {}; },
      };
    },
  };
}
const run = (f) => {
  log.length = 0;
  try {
    f();
  } catch (e) {
    log.push('caught ' + (e.name ?? e));
  }
  console.log(log.join(', '));
};
run(() => { const [a] = iterable(5); }); // expect: next, return 0
run(() => { const [a, b] = iterable(1); }); // expect: next, next
run(() => { const [...all] = iterable(2); }); // expect: next, next, next
run(() => { const [] = iterable(2); }); // expect: return 0
run(() => { const [a, , b] = iterable(9); }); // expect: next, next, next, return 0
run(() => { const [a = (() => { throw 'in default'; })()] = iterable(0); }); // expect: next, caught in default
run(() => { const [{ x }] = { [Symbol.iterator]: () => ({ next: () => ({ value: null, done: false }), return() { log.push('closed'); throw 'lost'; } }) }; });
// expect: closed, caught TypeError
run(() => { const [a] = { [Symbol.iterator]: () => ({ next: () => ({ done: false }), return: () => 1 }) }; });
// expect: caught TypeError
run(() => { const [a] = { [Symbol.iterator]: () => ({ next() { throw 'from next'; }, return() { log.push('must not run'); } }) }; });
// expect: caught from next
run(() => { const [a] = { [Symbol.iterator]: () => 1 }; }); // expect: caught TypeError
run(() => { const [a] = { [Symbol.iterator]: () => ({ next: () => 7 }) }; }); // expect: caught TypeError
