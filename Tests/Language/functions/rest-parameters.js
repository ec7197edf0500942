const f = (first, ...others) => [first, others];
console.log(f(), f(1), f(1, 2, 3)); // expect: [ undefined, [] ] [ 1, [] ] [ 1, [ 2, 3 ] ]
const g = (...[a, b = 'default']) => [a, b];
console.log(g(), g(1, 2, 3)); // expect: [ undefined, 'default' ] [ 1, 2 ]
function h(...args) {
  args.push('own');
  return [args, arguments.length];
}
console.log(h(1)); // expect: [ [ 1, 'own' ], 1 ]
