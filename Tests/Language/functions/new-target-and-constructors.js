function F() {
  if (!new.target) return new F();
  this.made = true;
}
console.log(F().made, new F().made); // expect: true true
function R() { this.a = 1; return { b: 2 }; }
function S() { this.a = 1; return 5; }
console.log(new R(), new S().a); // expect: { b: 2 } 1
console.log(new (class { constructor() { this.t = new.target.name; } })().t === ''); // expect: true
console.log(new F instanceof F, (new F).made); // expect: true true
