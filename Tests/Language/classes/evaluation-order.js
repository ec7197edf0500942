const log = [];
const t = (v) => (log.push(v), v);
class A extends (t('heritage'), Object) {
  [t('k1')]() {}
  static [t('k2')]() {}
  get [t('k3')]() { return 1; }
}
console.log(log.join(), Object.getOwnPropertyNames(A.prototype).join()); // expect: heritage,k1,k2,k3 constructor,k1,k3
const key = { toString() { log.push('toString'); return 'dynamic'; } };
class B { [key]() { return 'found'; } }
console.log(new B().dynamic(), log.length); // expect: found 5
