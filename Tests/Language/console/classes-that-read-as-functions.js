// As in Node, the text before the brace decides.
const mixin = (parent) => class extends parent {};
class A {}
class B extends mixin(A) {}
class C extends (A) {}
class D /* (a) */ extends A {}
console.log(A, B, C, D); // expect: [class A] [Function: B] [Function: C] [class D extends A]
