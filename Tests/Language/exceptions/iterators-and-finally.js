const log = [];
const source = (name) => ({ [Symbol.iterator]() { let n = 0; return { next: () => ({ value: n++, done: n > 3 }), return() { log.push('close ' + name); return {}; } }; } });
function run(kind) {
  for (const a of source('outer')) {
    try {
      for (const b of source('inner')) {
        try {
          if (kind === 'return') return a + b;
          if (kind === 'throw') throw kind;
          if (kind === 'break') break;
          if (kind === 'continue') continue;
        } finally {
          log.push('inner finally');
        }
      }
    } finally {
      log.push('outer finally');
      if (kind === 'continue') break;
    }
    if (kind === 'break') return 'after break';
  }
  return 'end';
}
for (const kind of ['return', 'throw', 'break', 'continue']) {
  let r;
  try {
    r = run(kind);
  } catch (e) {
    r = 'threw ' + e;
  }
  console.log(kind, r, log.splice(0).join(', '));
  // expect: return 0 inner finally, close inner, outer finally, close outer
  // expect: throw threw throw inner finally, close inner, outer finally, close outer
  // expect: break after break inner finally, close inner, outer finally, close outer
  // expect: continue end inner finally, inner finally, inner finally, outer finally, close outer
}
const pairs = { [Symbol.iterator]() { return { next: () => ({ value: [1, 2], done: false }), return() { log.push('close pairs'); return {}; } }; } };
for (const f of [() => Object.fromEntries({ [Symbol.iterator]: () => ({ next: () => ({ value: 'x', done: false }), return() { log.push('close'); return {}; } }) }), () => { for (const [a, b] of pairs) throw a + b; }, () => Array.from(pairs, () => { throw 'in mapper'; }), () => new Set({ [Symbol.iterator]: () => ({ next() { throw 'next'; }, return() { log.push('must not close'); } }) }), () => { const [x = (() => { throw 'default'; })()] = { [Symbol.iterator]: () => ({ next: () => ({ value: undefined, done: false }), return() { log.push('close default'); return {}; } }) }; }]) {
  try {
    f();
  } catch (e) {
    log.push(e.message ?? e);
  }
}
console.log(log);
// expect: [
// expect:   'close',
// expect:   'Iterator value x is not an entry object',
// expect:   'close pairs',
// expect:   3,
// expect:   'close pairs',
// expect:   'in mapper',
// expect:   'next',
// expect:   'close default',
// expect:   'default'
// expect: ]
