const trampoline = (f) => (...args) => { let r = f(...args); while (typeof r === 'function') r = r(); return r; };
const count = trampoline(function step(n, acc = 0) { return n === 0 ? acc : () => step(n - 1, acc + 1); });
console.log(count(50000)); // expect: 50000
const ackermann = (m, n) => (m === 0 ? n + 1 : n === 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1)));
console.log(ackermann(2, 50)); // expect: 103
const hanoi = (n, a, b, c) => (n === 0 ? 0 : hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a));
console.log(hanoi(12, 'a', 'b', 'c')); // expect: 4095
