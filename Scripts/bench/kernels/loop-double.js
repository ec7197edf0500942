"use strict";
// Arithmetic: a sum that starts as an integer and outgrows 32 bits, so that it goes on as a double.

function sum(n) {
  var s = 0;
  for (var i = 0; i < n; i++) s += i;
  return s;
}

(typeof print === 'function' ? print : console.log)(sum(30000000));
