"use strict";
// Calls: the 32nd Fibonacci number by plain recursion, 7,049,155 calls.

function fib(n) {
  if (n < 2) return n;
  return fib(n - 1) + fib(n - 2);
}

(typeof print === 'function' ? print : console.log)(fib(32));
