function f() {
  return [arguments.length, arguments[0], arguments[5], Array.from(arguments), [...arguments], typeof arguments];
}
console.log(f('a', 'b')); // expect: [ 2, 'a', undefined, [ 'a', 'b' ], [ 'a', 'b' ], 'object' ]
function g(a) {
  arguments[0] = 'changed';
  return a;
}
console.log(g('kept')); // expect: kept
function h() {
  const inner = () => arguments[0];
  return inner('inner');
}
console.log(h('outer')); // expect: outer
function k() { return Array.prototype.slice.call(arguments, 1); }
console.log(k(1, 2, 3)); // expect: [ 2, 3 ]
function p() { console.log(arguments); }
p(1, 'two'); // expect: [Arguments] { '0': 1, '1': 'two' }
console.log(Object.prototype.toString.call((function () { return arguments; })())); // expect: [object Arguments]
