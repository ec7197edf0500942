Array.prototype.last = function () { return this[this.length - 1]; };
String.prototype.shout = function () { return this.toUpperCase() + '!'; };
Number.prototype.double = function () { return this * 2; };
console.log([1, 2, 3].last(), 'hi'.shout(), (21).double(), [].last()); // expect: 3 HI! 42 undefined
for (const k in [9]) console.log(k);
// expect: 0
// expect: last
delete Array.prototype.last;
delete String.prototype.shout;
delete Number.prototype.double;
console.log([].last, ''.shout); // expect: undefined undefined
const push = Array.prototype.push;
Array.prototype.push = function (v) { return push.call(this, v, 'twice'); };
const a = [];
a.push(1);
Array.prototype.push = push;
a.push(2);
console.log(a); // expect: [ 1, 'twice', 2 ]
