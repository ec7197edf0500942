var v = 1; function f() { return 'f'; } let l = 2; const c = 3; class K {}
console.log(globalThis.v, globalThis.f === f, globalThis.l, globalThis.c, globalThis.K, 'v' in globalThis, 'l' in globalThis);
globalThis.v = 10; console.log(v, delete globalThis.zzz);
v++; console.log(globalThis.v, this === globalThis, this.v);
globalThis.added = 5; console.log(added, typeof added, delete globalThis.added, typeof added);
try { delete globalThis.v; } catch (e) { console.log(e.name); }
console.log(Object.keys(globalThis).includes('v'), Object.getOwnPropertyDescriptor(globalThis, 'v'));
for (let i = 0; i < 3; i++) { globalThis.v += i; } console.log(v);
const inherit = Object.create(globalThis); console.log(inherit.v, inherit.nothing); inherit.v = 'own'; console.log(v, inherit.v);
function f2() { return globalThis.later; } console.log(f2()); globalThis.later = 1; console.log(f2());
var undefined; console.log(undefined);
// expect: 1 true undefined undefined undefined true false
// expect: 10 true
// expect: 11 true 11
// expect: 5 number true undefined
// expect: TypeError
// expect: true { value: 11, writable: true, enumerable: true, configurable: false }
// expect: 14
// expect: 14 undefined
// expect: 14 own
// expect: undefined
// expect: 1
// expect: undefined
// not for node: it runs files as modules, whose variables are no properties of the global object
