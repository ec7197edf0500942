const A = class Named { self() { return Named; } };
console.log(A.name, new A().self() === A, typeof Named); // expect: Named true undefined
const B = class {};
const o = { C: class {}, ['D']: class {} };
console.log(B.name, o.C.name, o.D.name, [class {}][0].name === ''); // expect: B C D true
class S { static name() { return 'own name'; } }
console.log(typeof S.name, S.name()); // expect: function own name
try {
  class K { static f() { K = 1; } }
  K.f();
} catch (e) {
  console.log(e.message); // expect: Assignment to constant variable.
}
let L = class M { static get m() { return M; } };
const kept = L;
L = null;
console.log(kept.m === kept); // expect: true
