const f = (...a) => a.length;
console.log(f(...new Array(300).fill(0))); // expect: 300
console.log(Math.max(...Array.from({ length: 5000 }, (_, i) => i))); // expect: 4999
console.log(String.fromCharCode(...'hello'.split('').map((c) => c.charCodeAt(0)))); // expect: hello
function sum(a, b, c, d, e, g, h, i, j, k, l, m) { return a + b + c + d + e + g + h + i + j + k + l + m; }
console.log(sum(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)); // expect: 78
