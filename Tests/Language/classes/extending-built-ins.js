class Stack extends Array {
  peek() { return this[this.length - 1]; }
}
const s = new Stack();
s.push(1, 2, 3);
console.log(s.peek(), s.length, s instanceof Array, Array.isArray(s), s.map((x) => x * 2) instanceof Stack, s.filter(Boolean).peek(), s);
// expect: 3 3 true true true 3 Stack(3) [ 1, 2, 3 ]
class Counter extends Map {
  hit(k) { return this.set(k, (this.get(k) ?? 0) + 1); }
}
console.log(new Counter([['a', 5]]).hit('a').hit('b')); // expect: Counter(2) [Map] { 'a' => 6, 'b' => 1 }
class HttpError extends Error {
  constructor(status, ...rest) { super(...rest); this.status = status; }
  get name() { return 'HttpError'; }
}
const e = new HttpError(404, 'not found');
console.log(e.status, String(e), e instanceof HttpError, e instanceof Error, Object.prototype.toString.call(e), Object.keys(e));
// expect: 404 HttpError: not found true true [object Error] [ 'status' ]
class Fn extends Function {}
console.log(typeof Fn.prototype, class extends Object { constructor() { super(); this.x = 1; } }.length, new (class extends Set { first() { return [...this][0]; } })([7]).first());
// expect: object 0 7
