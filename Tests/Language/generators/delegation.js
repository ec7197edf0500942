function* inner() {
  try { const got = yield 'i1'; console.log('inner got', got); yield 'i2'; } catch (e) { console.log('inner caught', e); yield 'after'; }
  finally { console.log('inner finally'); }
  return 'result';
}
function* outer() { const r = yield* inner(); console.log('r', r); yield* [7, 8]; return yield* 'ab'; }
console.log([...outer()]);
let o = outer();
console.log(o.next('lost'), o.next('G'), o.next(), o.next(), o.next(), o.next(), o.next());
o = outer();
console.log(o.next(), o.throw('T'), o.next());
o = outer();
console.log(o.next(), o.return('R'), o.next());
const manual = {
  [Symbol.iterator]() { return this; },
  next(v) { console.log('next', v); return { get done() { console.log('done?'); return false; }, value: v, extra: 1 }; },
};
function* delegating() { try { return yield* manual; } finally { console.log('left'); } }
o = delegating();
const result = o.next('1');
console.log(result.extra, o.next('2').value);
try { o.throw('no throw method'); } catch (e) { console.log(e.name); }
o = delegating();
o.next();
console.log(o.return('no return method'));
for (const v of delegating()) { console.log('loop', v); break; }
function* deep(n) { if (n > 0) { yield n; yield* deep(n - 1); } }
console.log([...deep(200)].length, [...deep(4)]);
function* notIterable() { yield* 5; }
try { notIterable().next(); } catch (e) { console.log(e.name); }
class Returning { [Symbol.iterator]() { return this; } next() { return { done: false, value: 1 }; } return(v) { return { done: true, value: 'R' + v }; } }
function* returning() { yield* new Returning(); }
o = returning();
o.next();
console.log(o.return('x'));
const early = (function* () { const v = yield* (function* () { return 'direct'; })(); console.log(v); })();
console.log(early.next());
// expect: inner got undefined
// expect: inner finally
// expect: r result
// expect: [ 'i1', 'i2', 7, 8, 'a', 'b' ]
// expect: inner got G
// expect: inner finally
// expect: r result
// expect: { value: 'i1', done: false } { value: 'i2', done: false } { value: 7, done: false } { value: 8, done: false } { value: 'a', done: false } { value: 'b', done: false } { value: undefined, done: true }
// expect: inner caught T
// expect: inner finally
// expect: r result
// expect: { value: 'i1', done: false } { value: 'after', done: false } { value: 7, done: false }
// expect: inner finally
// expect: { value: 'i1', done: false } { value: 'R', done: true } { value: undefined, done: true }
// expect: next undefined
// expect: done?
// expect: next 2
// expect: done?
// expect: 1 2
// expect: left
// expect: TypeError
// expect: next undefined
// expect: done?
// expect: left
// expect: { value: 'no return method', done: true }
// expect: next undefined
// expect: done?
// expect: done?
// expect: loop undefined
// expect: left
// expect: 200 [ 4, 3, 2, 1 ]
// expect: TypeError
// expect: { value: 'Rx', done: true }
// expect: direct
// expect: { value: undefined, done: true }
