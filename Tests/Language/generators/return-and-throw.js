function* guarded(name) {
  try { yield name + 1; yield name + 2; } catch (error) { console.log('caught', error); yield 'handled'; }
  finally { console.log('finally', name); }
  return 'normal';
}
let g = guarded('a');
console.log(g.next(), g.return('R'), g.next());
g = guarded('b');
console.log(g.next(), g.throw('T'), g.next(), g.next());
g = guarded('c');
console.log(g.return('early'), g.next());
g = guarded('d');
try { g.throw(new Error('at start')); } catch (error) { console.log(error.message, g.next()); }
function* override() { try { yield 1; } finally { yield 'in finally'; return 'overridden'; } }
g = override();
console.log(g.next(), g.return('x'), g.next(), g.next());
function* nested() {
  for (const outer of guarded('o')) {
    for (const inner of guarded('i')) yield outer + inner;
  }
}
g = nested();
console.log(g.next(), g.return('stop'));
function* failing() { yield 1; throw new TypeError('inside'); }
g = failing();
g.next();
try { g.next(); } catch (error) { console.log(error.message); }
console.log(g.next());
function* pattern() { const [a = yield 'default', b] = tracked(); console.log(a, b); }
function tracked() {
  return {
    [Symbol.iterator]() { return this; },
    next() { return { value: undefined, done: false }; },
    return() { console.log('closed'); return {}; },
  };
}
g = pattern();
console.log(g.next(), g.return('away'));
g = pattern();
g.next();
console.log(g.next('value'));
for (const f of ['next', 'return', 'throw']) {
  try { Object.getPrototypeOf(function* () {}.prototype)[f].call({}); } catch (error) { console.log(error.name); }
}
label: for (const x of guarded('l')) { for (;;) { console.log(x); break label; } }
try { for (const x of guarded('e')) throw 'out'; } catch (error) { console.log(error); }
// expect: finally a
// expect: { value: 'a1', done: false } { value: 'R', done: true } { value: undefined, done: true }
// expect: caught T
// expect: finally b
// expect: { value: 'b1', done: false } { value: 'handled', done: false } { value: 'normal', done: true } { value: undefined, done: true }
// expect: { value: 'early', done: true } { value: undefined, done: true }
// expect: at start { value: undefined, done: true }
// expect: { value: 1, done: false } { value: 'in finally', done: false } { value: 'overridden', done: true } { value: undefined, done: true }
// expect: finally i
// expect: finally o
// expect: { value: 'o1i1', done: false } { value: 'stop', done: true }
// expect: inside
// expect: { value: undefined, done: true }
// expect: closed
// expect: { value: 'default', done: false } { value: 'away', done: true }
// expect: closed
// expect: value undefined
// expect: { value: undefined, done: true }
// expect: TypeError
// expect: TypeError
// expect: TypeError
// expect: l1
// expect: finally l
// expect: finally e
// expect: out
