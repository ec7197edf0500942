const o = { n: 1, deep: { n: 5 }, 'a b': 0 };
const a = [1, 2];
console.log(o.n++, ++o.n, o.n--, --o.n, o.deep.n++, o['a b']++, a[0]++, ++a[1], a[5]++, a, o);
// expect: 1 3 3 1 5 0 1 3 NaN [ 2, 3, <3 empty items>, NaN ] { n: 1, deep: { n: 6 }, 'a b': 1 }
let i = 0;
const b = [0, 0, 0];
b[i++] = i++;
b[i] = i = 0;
console.log(b, i); // expect: [ 1, 0, 0 ] 0
const order = [];
const obj = (v) => (order.push('object'), v), key = (k) => (order.push('key'), k), val = (v) => (order.push('value'), v);
obj(o)[key('n')] += val(5);
obj(o)[key('n')]++;
obj(o)[key('x')] = val(1);
console.log(order.join(), o.n, o.x); // expect: object,key,value,object,key,object,key,value 7 1
const text = 'ro';
try {
  text.length++;
} catch (e) {
  console.log(e.message); // expect: Cannot assign to read only property 'length' of string 'ro'
}
try {
  text[0] = 'x';
} catch (e) {
  console.log(e.message); // expect: Cannot assign to read only property '0' of string 'ro'
}
try {
  'abc'.foo = 1;
} catch (e) {
  console.log(e.message); // expect: Cannot create property 'foo' on string 'abc'
}
