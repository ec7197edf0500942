const fact = (n) => (n < 2 ? 1 : n * fact(n - 1));
console.log(fact(10)); // expect: 3628800
const g = function self(n) { return n === 0 ? 'done' : self(n - 1); };
console.log(g(5), typeof self); // expect: done undefined
const h = function name() {
  try {
    name = 1;
  } catch (e) {
    return e.message;
  }
};
console.log(h()); // expect: Assignment to constant variable.
