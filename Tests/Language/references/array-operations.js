const a = [];
a.push('x', 'y');
a[2] = 'z';
console.log(a.length, a[0], a[1], a[2], a[3]); // expect: 3 x y z undefined
a[0] = a;
console.log(a[0][0][0] === a, a.length, a.pop(), a.length); // expect: true 3 z 2
a.length = 0;
console.log(a, a[0]); // expect: [] undefined
