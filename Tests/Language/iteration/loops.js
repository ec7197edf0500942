let n = 0;
do n++; while (n < 3);
console.log(n); // expect: 3
do {
  if (n === 5) break;
  n++;
  continue;
} while (true);
console.log(n); // expect: 5
while (n --> 0) if (n % 2) continue; else console.log(n);
// expect: 4
// expect: 2
// expect: 0
for (;;) { if (n++ > 2) break; }
console.log(n); // expect: 4
for (let i = 0, j = 10; i < j; i += 3, j -= 3) console.log(i, j);
// expect: 0 10
// expect: 3 7
for (var k = 3; k--;);
console.log(k); // expect: -1
var sum = 0;
for (let i = 0; i < 1000; ++i) { if (i % 3 && i % 5) continue; sum += i; }
console.log(sum); // expect: 233168
