// One constructor fills objects of several classes, and static members are stored through the same places in the code.
class Base {
  static made = 0;
  constructor(name) {
    this.name = name;
    Base.made++;
    this.order = Base.made;
  }
}
class A extends Base {}
class B extends Base { constructor() { super("b"); this.extra = true; } }
class C extends A { own = 5; }
const log = [];
for (let i = 0; i < 4; i++) {
  for (const object of [new Base("base"), new A("a"), new B(), new C("c")]) log.push(Object.keys(object).join("+"));
}
console.log(log.slice(0, 4).join(" "), new Set(log).size, Base.made, A.made, B.made);
// expect: name+order name+order name+order+extra name+order+own 3 16 16 16
A.made = "own";
console.log(Base.made, A.made, Object.hasOwn(A, "made"), Object.hasOwn(C, "made"), C.made);
// expect: 16 own true false own

// A setter or a read-only property that turns up in the chain stops what was an addition.
function set(object, value) { object.late = value; }
class P {}
class Q extends P {}
set(new P(), 1);
set(new Q(), 2);
set(new P(), 3);
Object.defineProperty(P.prototype, "late", { set(value) { log.length = value; }, configurable: true });
set(new Q(), 2);
console.log(log.length, Object.hasOwn(new Q(), "late"));
// expect: 2 false
Object.defineProperty(P.prototype, "late", { value: 0, writable: false, configurable: true });
try { set(new Q(), 1); } catch (error) { console.log(error.constructor.name); }
// expect: TypeError

// The prototype property of a function, stored through a place that stores into other functions too.
function F() {}
function G() {}
function setPrototype(f, value) { f.prototype = value; }
new F();
new G();
const one = { tag: 1 };
const two = { tag: 2 };
setPrototype(F, one);
setPrototype(G, one);
console.log(new F().tag, new G().tag);
// expect: 1 1
setPrototype(F, two);
setPrototype(G, two);
console.log(new F().tag, new G().tag);
// expect: 2 2

// A new.target whose prototype was replaced, and one that is a bound function.
class Target extends Base {}
const make = (target) => Reflect.construct(Base, ["x"], target);
console.log(make(Target) instanceof Target, make(Target.bind()) instanceof Target, make(Base) instanceof Target);
// expect: true false false
