"use strict";
// Short-lived objects: ten million of three properties are made, each dropped in the next round.

function run(n) {
  var last = { a: 0, b: 0, c: 0 };
  for (var i = 0; i < n; i++) last = { a: i, b: last.a, c: last.b };
  return last.a + last.b + last.c;
}

(typeof print === 'function' ? print : console.log)(run(10000000));
