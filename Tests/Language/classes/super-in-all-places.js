class A { get x() { return 'A.x'; } set y(v) { console.log('set', v, this.name); } m(a) { return 'A.m' + a; } }
class B extends A { name = 'b'; get x() { return super.x + 'B'; } t() { super.y = 5; super.z = 1; return [super.m(1), super['m'](2), this.z, (() => super.m(3))()]; }
 inc() { super.c = 1; super.c; return super['q'] ??= 7; } static s() { return super.toString === Function.prototype.toString; } }
const b = new B(); console.log(b.x, b.t(), b.inc(), B.s());
class C extends A { constructor(two) { const f = () => super(); f(); if (two) f(); } }
new C(); try { new C(true); } catch (e) { console.log(e.name, e.message); }
const o = { __proto__: null, m() { return super.x; } }; try { o.m(); } catch (e) { console.log(e.name); }
class N extends null { constructor() { try { super(); } catch (e) { console.log(e.name, e.message); } return {}; } } new N();
class D extends A { del() { delete super.x; } } try { new D().del(); } catch (e) { console.log(e.name, e.message); }
class E extends A { constructor() { try { return 0; } catch { console.log('no'); } } } try { new E(); } catch (e) { console.log(e.name); }
// expect: set 5 b
// expect: A.xB [ 'A.m1', 'A.m2', 1, 'A.m3' ] 7 true
// expect: ReferenceError Super constructor may only be called once
// expect: TypeError
// expect: TypeError Super constructor null of N is not a constructor
// expect: ReferenceError Unsupported reference to 'super'
// expect: TypeError
