class A {
  constructor(name) { this.name = name; this.log = ['A']; }
  hello() { return 'A.hello ' + this.name; }
  get kind() { return 'kind A'; }
  static make(...a) { return new this(...a); }
  static who() { return 'A static'; }
}
class B extends A {
  constructor(name) { super(name + '!'); this.log.push('B'); }
  hello() { return 'B>' + super.hello(); }
  get kind() { return super.kind + ' via B'; }
  static who() { return 'B>' + super.who(); }
}
class C extends B {
  hello() { return (() => 'C>' + super.hello())(); }
}
const c = C.make('c');
console.log(c.hello(), c.kind, C.who(), c.log, c instanceof A, c.constructor.name);
// expect: C>B>A.hello c! kind A via B B>A static [ 'A', 'B' ] true C
console.log(Object.getPrototypeOf(C) === B, Object.getPrototypeOf(C.prototype) === B.prototype, C.length, B.length, c);
// expect: true true 0 1 C { name: 'c!', log: [ 'A', 'B' ] }
