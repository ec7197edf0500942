const log = [];
const make = (n) => ({ valueOf() { log.push('valueOf ' + n); return n; } });
let x = make(5);
console.log(x++, x, typeof x); // expect: 5 6 number
let y = make(5);
console.log(++y, -make(2), log.splice(0)); // expect: 6 -2 [ 'valueOf 5', 'valueOf 5', 'valueOf 2' ]
const o = { get p() { log.push('get'); return make(1); }, set p(v) { log.push('set ' + v); } };
o.p++;
o.p += make(10);
console.log(log.splice(0));
// expect: [
// expect:   'get',
// expect:   'valueOf 1',
// expect:   'set 2',
// expect:   'get',
// expect:   'valueOf 1',
// expect:   'valueOf 10',
// expect:   'set 11'
// expect: ]
let s = '5';
s++;
console.log(s); // expect: 6
let u;
u++;
console.log(u, typeof u); // expect: NaN number
let text = 'a';
text += 1;
text += null;
text += make(3);
console.log(text); // expect: a1null3
let z = '10';
z -= 1;
z *= '2';
z /= 3;
z %= 4;
z **= 2;
z <<= 1;
z >>= 1;
z >>>= 0;
z |= 8;
z &= 12;
z ^= 5;
console.log(z); // expect: 9
