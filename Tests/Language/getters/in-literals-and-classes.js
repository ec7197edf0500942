const o = {
  _v: 1,
  get v() { return this._v; },
  set v(x) { this._v = x * 2; },
  get ['com' + 'puted']() { return 'c'; },
  get 1() { return 'one'; },
  get 'quoted name'() { return 'q'; },
};
o.v = 5;
o.v += 1;
console.log(o.v, o.computed, o[1], o['quoted name'], Object.keys(o));
// expect: 22 c one q [ '1', '_v', 'v', 'computed', 'quoted name' ]
class T {
  constructor() { this._c = 0; }
  get c() { return this._c; }
  set c(v) { this._c = v; }
  static get kind() { return 'T'; }
}
const t = new T();
t.c++;
t.c = t.c + 10;
console.log(t.c, T.kind, Object.keys(t), 'c' in t, t.hasOwnProperty('c')); // expect: 11 T [ '_c' ] true false
const onlyGet = { get x() { return 1; } };
try {
  onlyGet.x = 2;
} catch (e) {
  console.log(e.name, e.message); // expect: TypeError Cannot set property x of #<Object> which has only a getter
}
console.log({ set x(v) {} }.x); // expect: undefined
