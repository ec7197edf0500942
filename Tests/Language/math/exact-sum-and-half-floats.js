// not for node: version 20 has neither
console.log(Math.sumPrecise([1e20, 0.1, -1e20]), Math.sumPrecise([0.1, 0.2, 0.3]), [0.1, 0.2, 0.3].reduce((a, b) => a + b)); // expect: 0.1 0.6 0.6000000000000001
console.log(Math.sumPrecise([]), Math.sumPrecise([-0, -0]), Math.sumPrecise([-0, 0]), Math.sumPrecise([1, -1])); // expect: -0 -0 0 0
console.log(Math.sumPrecise([Infinity, 1]), Math.sumPrecise([Infinity, -Infinity]), Math.sumPrecise([NaN])); // expect: Infinity NaN NaN
console.log(Math.sumPrecise([Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE]) === Number.MAX_VALUE, Math.sumPrecise([Number.MAX_VALUE, 2 ** 970])); // expect: true Infinity
console.log(Math.sumPrecise([5e-324, 5e-324]), Math.sumPrecise([-5e-324, -1, 1])); // expect: 1e-323 -5e-324
console.log(Math.sumPrecise([2 ** 53, 1, 2 ** -1074]) - 2 ** 53, Math.sumPrecise([2 ** 53, 1]) - 2 ** 53); // expect: 2 0
let closed = false;
try {
  Math.sumPrecise({ [Symbol.iterator]: () => ({ next: () => ({ value: '1', done: false }), return() { closed = true; return {}; } }) });
} catch (e) {
  console.log(e.name, closed); // expect: TypeError true
}
console.log(Math.f16round(1.337), Math.f16round(65519), Math.f16round(65520), Math.f16round(-1e-9), Math.f16round(5.960464477539063e-8)); // expect: 1.3369140625 65504 Infinity -0 5.960464477539063e-8
