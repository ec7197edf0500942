const log = [];
let a = [1, 2, 3];
a.forEach((x) => { log.push(x); if (x === 1) a.push(4); if (x === 2) a.pop(), a.pop(); });
console.log(log.splice(0), a); // expect: [ 1, 2 ] [ 1, 2 ]
a = [1, 2, 3];
console.log(a.map((x, i) => { a.length = 2; return x * 10; }), a); // expect: [ 10, 20, <1 empty item> ] [ 1, 2 ]
a = [1, 2, 3, 4];
console.log(a.filter((x, i) => { delete a[i + 1]; return true; }), a);
// expect: [ 1, 3 ] [ 1, <1 empty item>, 3, <1 empty item> ]
a = [1, 2, 3];
console.log(a.reduce((s, x, i) => { a[2] = 100; return s + x; }), a); // expect: 103 [ 1, 2, 100 ]
a = [5, 6, 7];
console.log(a.find((x, i) => { a.length = 1; log.push(x); return false; }), log.splice(0));
// expect: undefined [ 5, undefined, undefined ]
a = [1, 2, 3];
console.log(a.every((x) => { a.shift(); log.push(x); return true; }), log.splice(0), a); // expect: true [ 1, 3 ] [ 3 ]
a = [1, 2, 3];
console.log(a.some((x) => { a.unshift(0); log.push(x); return false; }), log.splice(0), a.length);
// expect: false [ 1, 1, 1 ] 6
a = [1, 2];
console.log(a.flatMap((x) => { a.push(9); return [x, x]; }), a); // expect: [ 1, 1, 2, 2 ] [ 1, 2, 9, 9 ]
a = [3, 2, 1];
console.log(a.reduceRight((s, x) => { a.length = 0; return s + '|' + x; }), a); // expect: 1|2 []
a = ['a', 'b'];
console.log(Array.from(a, (x, i) => { if (i < 2) a.push(x + i); return x; }), a);
// expect: [ 'a', 'b', 'a0', 'b1' ] [ 'a', 'b', 'a0', 'b1' ]
