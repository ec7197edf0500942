function* count(from, to = 3) {
  for (let i = from; i <= to; i++) {
    const sent = yield i;
    if (sent !== undefined) console.log('sent', sent);
  }
  return 'end';
}
const it = count(1);
console.log(it.next('ignored'), it.next('a'), it.next('b'), it.next(), it.next());
console.log([...count(2)], Math.max(...count(1, 9)));
const [first, ...others] = count(1, 4);
console.log(first, others);
for (const n of count(1, 100)) { if (n > 2) break; console.log(n); }
console.log(it, count, Object.prototype.toString.call(it), typeof it, it[Symbol.iterator]() === it);
console.log(Object.getPrototypeOf(it) === count.prototype, it instanceof count);
try { new count(); } catch (e) { console.log(e.name, e.message); }
function* broken(a = missing) { yield a; }
try { broken(); } catch (e) { console.log(e.name, e.message); }
function* lazy() { console.log('runs'); }
const unused = lazy();
console.log('made');
unused.next();
const object = { *items() { yield this.name; }, name: 'o', *['computed' + 1]() { yield 1; } };
console.log([...object.items()], [...object.computed1()]);
class Tree {
  constructor(value, left, right) { this.value = value; this.left = left; this.right = right; }
  *[Symbol.iterator]() {
    if (this.left) yield* this.left;
    yield this.value;
    if (this.right) yield* this.right;
  }
  static *range(n) { for (let i = 0; i < n; i++) yield new Tree(i); }
}
console.log([...new Tree(4, new Tree(2, new Tree(1), new Tree(3)), new Tree(6, new Tree(5)))].join());
console.log([...Tree.range(3)].map((t) => t.value));
function* fibonacci() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } }
let sum = 0;
for (const n of fibonacci()) { if (n > 1e6) break; sum += n; }
console.log(sum);
function* running() { try { self.next(); } catch (e) { yield e.message; } }
const self = running();
console.log(self.next());
function* captured() { const fs = []; for (let i = 0; i < 3; i++) { fs.push(() => i); yield fs; } }
console.log([...captured()][2].map((f) => f()));
function* withArguments() { yield arguments.length; yield* arguments; }
console.log([...withArguments('x', 'y')]);
function* expressions() { return [yield 1, (yield 2) + (yield 3), { a: yield 4 }, `${yield 5}`]; }
const e = expressions();
e.next();
for (const v of ['A', 'B', 'C', 'D']) e.next(v);
console.log(e.next('E'));
// expect: sent a
// expect: sent b
// expect: { value: 1, done: false } { value: 2, done: false } { value: 3, done: false } { value: 'end', done: true } { value: undefined, done: true }
// expect: [ 2, 3 ] 9
// expect: 1 [ 2, 3, 4 ]
// expect: 1
// expect: 2
// expect: Object [Generator] {} [GeneratorFunction: count] [object Generator] object true
// expect: true true
// expect: TypeError count is not a constructor
// expect: ReferenceError missing is not defined
// expect: made
// expect: runs
// expect: [ 'o' ] [ 1 ]
// expect: 1,2,3,4,5,6
// expect: [ 0, 1, 2 ]
// expect: 2178308
// expect: { value: 'Generator is already running', done: false }
// expect: [ 0, 1, 2 ]
// expect: [ 2, 'x', 'y' ]
// expect: { value: [ 'A', 'BC', { a: 'D' }, 'E' ], done: true }
