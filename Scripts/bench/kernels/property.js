"use strict";
// Properties: six reads and writes at fixed sites in each of ten million rounds.

function run(n) {
  var p = { x: 0, y: 1, z: 2 };
  for (var i = 0; i < n; i++) {
    p.x = p.y + 1 & 0xffff;
    p.y = p.z;
    p.z = p.x;
  }
  return p.x + p.y + p.z;
}

(typeof print === 'function' ? print : console.log)(run(10000000));
