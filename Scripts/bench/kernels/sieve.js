"use strict";
// Array elements read and written: the primes below five million.

function sieve(n) {
  var composite = [];
  for (var i = 0; i <= n; i++) composite.push(false);
  var count = 0;
  for (var p = 2; p <= n; p++) {
    if (composite[p]) continue;
    count++;
    for (var m = p + p; m <= n; m += p) composite[m] = true;
  }
  return count;
}

(typeof print === 'function' ? print : console.log)(sieve(5000000));
