const log = [];
const t = (v) => (log.push(v), v);
class A {
  a = t('a');
  [t('key')] = t('computed');
  'quoted' = 1;
  b;
  self = this;
  arrow = () => this.a;
  static s = t('static');
  static { t('static block ' + this.s); }
  constructor() { t('constructor'); }
}
class B extends A {
  c = t('c ' + this.a);
  constructor() { super(); t('B constructor'); }
}
t('start');
const b = new B();
console.log(log.join(', '));
// expect: key, static, static block static, start, a, computed, constructor, c a, B constructor
console.log(b.self === b, b.arrow.call(null), Object.keys(b), A.s);
// expect: true a [ 'a', 'key', 'quoted', 'b', 'self', 'arrow', 'c' ] static
