function f(a, b) {
  const g = () => [a, b, arguments.length];
  a = 10;
  arguments[1] = 'changed';
  return g;
}
console.log(f(1, 2)()); // expect: [ 10, 2, 2 ]
console.log(f(1)()); // expect: [ 10, undefined, 1 ]
console.log(f(1, 2, 3)()); // expect: [ 10, 2, 3 ]
