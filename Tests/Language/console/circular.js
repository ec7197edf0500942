const o = { name: 'o' };
o.self = o;
console.log(o); // expect: <ref *1> { name: 'o', self: [Circular *1] }
const a = [1];
a.push(a, { a });
console.log(a); // expect: <ref *1> [ 1, [Circular *1], { a: [Circular *1] } ]
const p = { child: {} };
p.child.parent = p;
console.log(p, [p, p]);
// expect: <ref *1> { child: { parent: [Circular *1] } } [
// expect:   <ref *1> { child: { parent: [Circular *1] } },
// expect:   <ref *1> { child: { parent: [Circular *1] } }
// expect: ]
const x = {}, y = { x };
x.y = y;
x.z = { y };
console.log(x, { x, y });
// expect: <ref *1> { y: { x: [Circular *1] }, z: { y: { x: [Circular *1] } } } {
// expect:   x: <ref *1> { y: { x: [Circular *1] }, z: { y: [Object] } },
// expect:   y: <ref *2> { x: <ref *1> { y: [Circular *2], z: [Object] } }
// expect: }
const m = new Map();
m.set('me', m).set(m, 1);
console.log(m); // expect: <ref *1> Map(2) { 'me' => [Circular *1], [Circular *1] => 1 }
const s = new Set();
s.add(s);
console.log(s); // expect: <ref *1> Set(1) { [Circular *1] }
class Node { constructor() { this.next = this; } }
console.log(new Node(), { list: [new Node()] });
// expect: <ref *1> Node { next: [Circular *1] } { list: [ <ref *1> Node { next: [Circular *1] } ] }
function f() {}
f.f = f;
console.log(f); // expect: <ref *1> [Function: f] { f: [Circular *1] }
const shared = { v: 1 };
console.log({ a: shared, b: shared }); // expect: { a: { v: 1 }, b: { v: 1 } }
const deep = { a: { b: { c: {} } } };
deep.a.b.c.top = deep;
deep.a.b.back = deep.a;
console.log(deep); // expect: { a: <ref *1> { b: { c: [Object], back: [Circular *1] } } }
