function f(n) {
  switch (n) {
    case 1:
      let x = 'set';
      return x;
    case 2:
      x = 'too early';
      return x;
  }
}
console.log(f(1)); // expect: set
try {
  f(2);
} catch (e) {
  console.log(e.message); // expect: Cannot access 'x' before initialization
}
