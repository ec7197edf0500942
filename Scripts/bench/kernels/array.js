"use strict";
// Arrays: ten million elements pushed, each changed in place, then summed.

function run(n) {
  var a = [];
  for (var i = 0; i < n; i++) a.push(i);
  for (var j = 0; j < a.length; j++) a[j] = a[j] * 2 + 1;
  var s = 0;
  for (var k = 0; k < a.length; k++) s += a[k];
  return s;
}

(typeof print === 'function' ? print : console.log)(run(10000000));
