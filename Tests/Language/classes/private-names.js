class Counter {
  #n = 0;
  static #made = 0;
  constructor() { Counter.#made++; }
  #step() { return ++this.#n; }
  get #double() { return this.#n * 2; }
  up() { return this.#step(); }
  get twice() { return this.#double; }
  static made() { return Counter.#made; }
  static has(o) { return #n in o; }
  same(o) { return this.#n === o.#n; }
}
const c = new Counter();
c.up();
c.up();
console.log(c.twice, Counter.made(), Counter.has(c), Counter.has({}), c.same(new Counter()), Object.keys(c), JSON.stringify(c));
// expect: 4 1 true false false [] {}
try {
  c.same({});
} catch (e) {
  console.log(e.name, e.message);
  // expect: TypeError Cannot read private member #n from an object whose class did not declare it
}
