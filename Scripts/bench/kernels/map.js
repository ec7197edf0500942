"use strict";
// Map: a million integer keys set, then each read back.

function run(n) {
  var m = new Map(), s = 0;
  for (var i = 0; i < n; i++) m.set(i * 7, i);
  for (var j = 0; j < n; j++) s += m.get(j * 7);
  return s + m.size;
}

(typeof print === 'function' ? print : console.log)(run(1000000));
