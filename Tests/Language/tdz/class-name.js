try {
  new A();
} catch (e) {
  console.log(e.message); // expect: Cannot access 'A' before initialization
}
class A {}
console.log(new A() instanceof A); // expect: true
try {
  class B extends B {}
} catch (e) {
  console.log(e.message); // expect: Cannot access 'B' before initialization
}
