class A {}
class B extends A { static s = 1; }
console.log(A, B, [A], class {}, { A, m() {}, get g() { return 1; } }, (() => class {})(), class extends A {});
// expect: [class A] [class B extends A] { s: 1 } [ [class A] ] [class (anonymous)] { A: [class A], m: [Function: m], g: [Getter] } [class (anonymous)] [class (anonymous) extends A]
console.log(Symbol, Map, [class C extends Map {}], Object.assign(class D {}, { p: 1 }));
// expect: [Function: Symbol] [Function: Map] [ [class C extends Map] ] [class D] { p: 1 }
const o = { f: function () {}, arrow: () => 1, method() {}, ['computed']() {} };
console.log(o);
// expect: {
// expect:   f: [Function: f],
// expect:   arrow: [Function: arrow],
// expect:   method: [Function: method],
// expect:   computed: [Function: computed]
// expect: }
