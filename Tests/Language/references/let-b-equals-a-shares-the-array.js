let a = [1, 2, 3];
let b = a;
a.push(4);
console.log(b, b.length, b[3], a === b); // expect: [ 1, 2, 3, 4 ] 4 4 true
b[0] = 'changed';
console.log(a[0]); // expect: changed
b = [...b];
b.push(5);
console.log(a.length, b.length, a === b); // expect: 4 5 false
