function get(o) { return o.v; }
class A { get v() { return 'A'; } }
class B extends A {}
const b = new B();
const out = [];
for (let i = 0; i < 3; i++) out.push(get(b));
Object.defineProperty(B.prototype, 'v', { value: 'B', configurable: true, writable: true });
out.push(get(b));
b.v = 'own';
out.push(get(b));
delete b.v;
out.push(get(b));
delete B.prototype.v;
out.push(get(b));
Object.setPrototypeOf(B.prototype, { v: 'swapped' });
out.push(get(b));
Object.setPrototypeOf(b, null);
out.push(get(b));
console.log(out.join()); // expect: A,A,A,B,own,B,A,swapped,
const missing = {};
console.log(get(missing), get(missing)); // expect: undefined undefined
Object.prototype.v = 'from Object.prototype';
console.log(get(missing), get(b)); // expect: from Object.prototype undefined
delete Object.prototype.v;
console.log(get(missing)); // expect: undefined
