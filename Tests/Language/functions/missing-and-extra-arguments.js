function f(a, b) { return [a, b]; }
console.log(f(), f(1), f(1, 2, 3)); // expect: [ undefined, undefined ] [ 1, undefined ] [ 1, 2 ]
console.log([1, 2, 3].map(f)); // expect: [ [ 1, 0 ], [ 2, 1 ], [ 3, 2 ] ]
console.log(((a, b) => b === undefined)(1)); // expect: true
