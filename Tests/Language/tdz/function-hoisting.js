console.log(f(), typeof g, v); // expect: hoisted undefined undefined
function f() { return 'hoisted'; }
var g = function () {};
var v = 1;
{
  console.log(inner()); // expect: hoisted to the block
  function inner() { return 'hoisted to the block'; }
}
console.log(typeof inner); // expect: undefined
