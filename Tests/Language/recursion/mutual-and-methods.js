const even = (n) => (n === 0 ? true : odd(n - 1));
const odd = (n) => (n === 0 ? false : even(n - 1));
console.log(even(100000), odd(99999)); // expect: true true
class List {
  constructor(v, next) { this.v = v; this.next = next; }
  get size() { return 1 + (this.next ? this.next.size : 0); }
  total() { return this.v + (this.next?.total() ?? 0); }
}
let l = null;
for (let i = 0; i < 30000; i++) l = new List(i, l);
console.log(l.size, l.total()); // expect: 30000 449985000
