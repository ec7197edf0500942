const a = [1], b = [1], o = { x: 1 }, p = { x: 1 };
a.push(2);
o.x = 5;
console.log(a, b, o, p, a === b, o === p, [] === [], {} === {}, a == b, (() => {}) === (() => {}));
// expect: [ 1, 2 ] [ 1 ] { x: 5 } { x: 1 } false false false false false false
const make = () => [];
const first = make(), second = make();
first.push(1);
console.log(first.length, second.length); // expect: 1 0
