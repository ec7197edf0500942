const a = { name: 'a' }, b = { name: 'b', a };
a.b = b;
console.log(a, a.b.a === a); // expect: <ref *1> { name: 'a', b: { name: 'b', a: [Circular *1] } } true
const l = [1];
l.push(l);
console.log(l, l[1] === l); // expect: <ref *1> [ 1, [Circular *1] ] true
