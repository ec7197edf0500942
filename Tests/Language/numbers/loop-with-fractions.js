let s = 0, n = 0;
for (let x = 0; x < 1; x += 0.1) { s += x; n++; }
console.log(n, s); // expect: 11 5.5
let f = 1;
for (let i = 1; i <= 25; i++) f *= i;
console.log(f, f / 2 ** 60); // expect: 1.5511210043330986e+25 13453830.101486744
let a = 0, b = 1;
for (let i = 0; i < 100; i++) [a, b] = [b, a + b];
console.log(a); // expect: 354224848179262000000
let pi = 0;
for (let k = 0; k < 2000; k++) pi += (k % 2 ? -4 : 4) / (2 * k + 1);
console.log(pi.toFixed(10), pi); // expect: 3.1410926536 3.1410926536210413
