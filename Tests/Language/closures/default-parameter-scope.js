let x = 'outer';
function f(a, g = () => a, h = () => x) {
  var x = 'body';
  a = 'changed';
  return [g(), h(), x];
}
console.log(f('given')); // expect: [ 'changed', 'outer', 'body' ]
function p(a, get = () => a) {
  var a;
  const before = a;
  a = 2;
  return [before, a, get()];
}
console.log(p(1)); // expect: [ 1, 2, 1 ]
