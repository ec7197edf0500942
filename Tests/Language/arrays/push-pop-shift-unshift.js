const a = [1];
console.log(a.push(2, 3), a.pop(), a.unshift(-1, 0), a.shift(), a, [].pop(), [].shift(), a.push(), a.unshift());
// expect: 3 3 4 -1 [ 0, 1, 2 ] undefined undefined 3 3
const q = [];
for (let i = 0; i < 2000; i++) q.push(i);
let sum = 0;
while (q.length > 1000) sum += q.shift();
for (let i = 0; i < 1000; i++) q.unshift(-i);
console.log(sum, q.length, q[0], q[999], q[1000], q[1999]); // expect: 499500 2000 -999 -0 1000 1999
const like = { length: 2, 0: 'a', 1: 'b' };
console.log(Array.prototype.push.call(like, 'c'), like, Array.prototype.pop.call(like), Array.prototype.shift.call(like), like);
// expect: 3 { '0': 'b', length: 1 } c a { '0': 'b', length: 1 }
console.log(Array.prototype.push.call({}, 1), Array.prototype.unshift.call({ length: 1, 0: 'x' }, 'y')); // expect: 1 2
