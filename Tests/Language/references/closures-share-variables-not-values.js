let shared = { n: 1 };
const read = () => shared;
const before = read();
shared.n = 2;
console.log(before.n, read() === before); // expect: 2 true
shared = { n: 3 };
console.log(before.n, read().n, read() === before); // expect: 2 3 false
