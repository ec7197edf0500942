let outer = 1;
try {
  let outer = outer + 1;
} catch (e) {
  console.log(e.message); // expect: Cannot access 'outer' before initialization
}
function f(a = b, b = 1) { return [a, b]; }
console.log(f(1)); // expect: [ 1, 1 ]
try {
  f();
} catch (e) {
  console.log(e.message); // expect: Cannot access 'b' before initialization
}
function g(a = a) {}
try {
  g();
} catch (e) {
  console.log(e.message); // expect: Cannot access 'a' before initialization
}
