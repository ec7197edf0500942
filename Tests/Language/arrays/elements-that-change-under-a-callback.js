// Whether an element is there is asked before it is read.
for (const name of ['forEach', 'map', 'filter', 'some', 'every', 'reduce', 'reduceRight']) {
  const list = [0, 1, 2];
  Object.defineProperty(list, name === 'reduceRight' ? 3 : 1, { get() { if (name === 'reduceRight') list.length = 2; else delete list[1]; }, configurable: true });
  let calls = 0;
  list[name](() => { calls++; return name === 'every'; }, 0);
  console.log(name, calls);
}
// expect: forEach 3
// expect: map 3
// expect: filter 3
// expect: some 3
// expect: every 3
// expect: reduce 3
// expect: reduceRight 3
// Adding comes upon setters of the prototype.
const list = [];
let sets = 0;
Object.defineProperty(Array.prototype, '0', { set() { sets++; Object.freeze(list); }, configurable: true });
try {
  list.push(1);
} catch (e) {
  console.log(e.name, list.length, sets); // expect: TypeError 0 1
}
delete Array.prototype[0];
class List extends Array {}
const own = new List();
own.push(1, 2);
own.unshift(0);
console.log(own); // expect: List(3) [ 0, 1, 2 ]
const lengths = [];
const target = [1, 2, 3];
console.log(Reflect.set(target, 'length', { valueOf() { lengths.push(target.length); return 1; } }), lengths, target); // expect: true [ 3, 3 ] [ 1 ]
function A() { A.target = new.target; }
const B = A.bind();
Reflect.construct(B.bind(), [], B);
console.log(A.target === A); // expect: true
