class Counter {
  #count = 0;
  static #made = 0;
  #step;
  constructor(step = 1) { this.#step = step; Counter.#made++; }
  increment() { this.#count += this.#step; return this; }
  #double() { return this.#count * 2; }
  get #value() { return this.#count; }
  set #value(v) { this.#count = v; }
  static #helper(c) { return c.#count; }
  get twice() { return this.#double(); }
  set to(v) { this.#value = v; }
  static peek(c) { return Counter.#helper(c); }
  static get made() { return Counter.#made; }
  post() { return [this.#count++, this.#count--, ++this.#count, (this.#value += 5), this.#value]; }
  static has(o) { return #count in o; }
  static hasMethod(o) { return #double in o; }
  destructure() { [this.#count, { a: this.#step }] = [40, { a: 2 }]; return this.#count + this.#step; }
  logical() { this.#step &&= 9; this.#step ??= 3; return this.#step; }
}
const c = new Counter(2).increment().increment();
console.log(c.twice, Counter.peek(c), Counter.made, Counter.has(c), Counter.has({}), Counter.hasMethod(c));
c.to = 10;
console.log(c.post(), c.destructure(), c.logical());
console.log(Object.keys(c), JSON.stringify(c), Reflect.ownKeys(c), c['#count'], Object.getOwnPropertySymbols(c));
Object.freeze(c);
console.log(c.increment().twice);
for (const f of [() => Counter.peek({}), () => Counter.has(1)]) {
  try { f(); } catch (e) { console.log(e.name + ': ' + e.message); }
}
class Rules {
  #field = 1;
  #method() {}
  get #getter() { return 1; }
  set #setter(v) {}
  static read(o) { return o.#field; }
  static write(o) { o.#field = 1; }
  static call(o) { o.#method(); }
  static overwrite(o) { o.#method = 1; }
  static noSetter(o) { o.#getter = 1; }
  static noGetter(o) { return o.#setter; }
  static #statics() {}
  static callStatic(o) { o.#statics(); }
}
for (const [f, o] of [['read', {}], ['write', {}], ['call', {}], ['overwrite', new Rules()], ['noSetter', new Rules()],
  ['noGetter', new Rules()], ['callStatic', class extends Rules {}], ['read', null], ['read', 5]]) {
  try { Rules[f](o); } catch (e) { console.log(f, e.name + ': ' + e.message); }
}
class Base { constructor(o) { return o; } }
class Stamp extends Base { #brand = 'stamped'; static of(o) { return o.#brand; } }
const target = {};
new Stamp(target);
console.log(Stamp.of(target), target);
try { new Stamp(target); } catch (e) { console.log(e.message); }
const make = () => class { #x = 1; static get(o) { return o.#x; } };
const A = make(), B = make();
console.log(A.get(new A()));
try { A.get(new B()); } catch (e) { console.log(e.name); }
class Outer { #a = 'outer'; inner() { const self = this; return new (class { #b = 'inner'; both() { return self.#a + this.#b; } })().both(); } }
console.log(new Outer().inner());
class Chain { #next; constructor(n) { this.#next = n; } deep() { return this.#next?.#next?.#next; } maybe(o) { return o?.#next; } }
console.log(new Chain(new Chain(null)).deep(), new Chain().maybe(undefined));
class Arrow { #v = 3; f = () => this.#v; static s = (() => new Arrow().#v)(); static { this.block = new Arrow().#v + 1; } }
console.log(new Arrow().f(), Arrow.s, Arrow.block);
class Names { #f = () => {}; #m() {} get names() { return [this.#f.name, this.#m.name]; } }
console.log(new Names().names);
class Gen { *#items() { yield 1; yield 2; } all() { return [...this.#items()]; } static async; }
console.log(new Gen().all());
// expect: 8 4 1 true false true
// expect: [ 10, 11, 11, 16, 16 ] 42 9
// expect: [] {} [] undefined []
// expect: 98
// expect: TypeError: Cannot read private member #count from an object whose class did not declare it
// expect: TypeError: Cannot use 'in' operator to search for '#count' in 1
// expect: read TypeError: Cannot read private member #field from an object whose class did not declare it
// expect: write TypeError: Cannot write private member #field to an object whose class did not declare it
// expect: call TypeError: Receiver must be an instance of class Rules
// expect: overwrite TypeError: Private method '#method' is not writable
// expect: noSetter TypeError: '#getter' was defined without a setter
// expect: noGetter TypeError: '#setter' was defined without a getter
// expect: callStatic TypeError: Receiver must be class Rules
// expect: read TypeError: Cannot read properties of null (reading '#field')
// expect: read TypeError: Cannot read private member #field from an object whose class did not declare it
// expect: stamped {}
// expect: Cannot initialize #brand twice on the same object
// expect: 1
// expect: TypeError
// expect: outerinner
// expect: undefined undefined
// expect: 3 3 4
// expect: [ '#f', '#m' ]
// expect: [ 1, 2 ]
