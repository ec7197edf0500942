"use strict";
// Arithmetic: an integer sum kept small by a mask.

function sum(n, mask) {
  var s = 0;
  for (var i = 0; i < n; i++) s = (s + i) & mask;
  return s;
}

(typeof print === 'function' ? print : console.log)(sum(30000000, 0xffffff));
