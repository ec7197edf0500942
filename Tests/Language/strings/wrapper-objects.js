const w = new String('abc');
console.log(typeof w, w.length, w[1], w + 'd', w == 'abc', w === 'abc', Object.keys(w), w instanceof String, w.valueOf() === 'abc');
// expect: object 3 b abcd true false [ '0', '1', '2' ] true true
w.extra = 1;
console.log(w.extra, JSON.stringify(w), JSON.stringify({ w }), [...w], 'abc'.constructor === String, Object('x') instanceof String);
// expect: 1 "abc" {"w":"abc"} [ 'a', 'b', 'c' ] true true
console.log(String(123), String(null), String(undefined), String([1, [2, 3]]), String({}), String(Symbol('d')), String(() => 1), String(-0), String([null]), String([undefined, 1]), String(true));
// expect: 123 null undefined 1,2,3 [object Object] Symbol(d) () => 1 0  ,1 true
const n = 'text';
console.log(n.prop, (n.toString === String.prototype.toString), 'x'.constructor.name, `${new String('q')}`);
// expect: undefined true String q
