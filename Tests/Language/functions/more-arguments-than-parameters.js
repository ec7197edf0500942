// Further arguments are evaluated, found in arguments and rest parameters, and don't disturb anything else.
const order = [];
const note = (x) => { order.push(x); return x; };
function one(a) { let b; return [a, b, one.length]; }
function none() { let x = undefined; return x; }
function withRest(a, ...rest) { return a + rest.length; }
function withArguments(a) { return arguments.length + arguments[arguments.length - 1]; }
function withDefault(a, b = "d") { return a + b; }
function deep(a) { const inner = (p) => p + a; let local = inner(a, note("i"), 9); return local; }
for (let i = 0; i < 3; i++) {
  console.log(one(note(1), note(2), note(3)), none(1, 2, 3), withRest(1, 2, 3), withArguments(1, 2, 30), withDefault(1, 2, 3), deep(4, 5));
}
// expect: [ 1, undefined, 1 ] undefined 3 33 3 8
// expect: [ 1, undefined, 1 ] undefined 3 33 3 8
// expect: [ 1, undefined, 1 ] undefined 3 33 3 8
console.log(order.join(""));
// expect: 123i123i123i
console.log(["1", "2", "3"].map(parseInt).join(), [1, 2].map((x) => x).join(), [[1, 2]].map(([a, b]) => b).join());
// expect: 1,NaN,NaN 1,2 2
const recursive = (n) => (n === 0 ? 0 : 1 + recursive(n - 1, n, n, n, n, n));
console.log(recursive(2000));
// expect: 2000
class Counter {
  add(n) { this.total = (this.total ?? 0) + n; return this; }
}
console.log([1, 2, 3].reduce((c, n) => c.add(n, "ignored", c), new Counter()).total);
// expect: 6
function* generator(a) { yield a; yield arguments.length; }
console.log([...generator(1, 2, 3)].join(), new (class { constructor(a) { this.a = a; } })(1, 2, 3).a);
// expect: 1,3 1
