"use strict";
// Objects that live for a while: thirty binary trees of 2^16 leaves, built and walked.

function build(depth) {
  if (depth === 0) return { left: null, right: null };
  return { left: build(depth - 1), right: build(depth - 1) };
}

function check(node) {
  if (node.left === null) return 1;
  return 1 + check(node.left) + check(node.right);
}

function run(rounds, depth) {
  var total = 0;
  for (var i = 0; i < rounds; i++) total += check(build(depth));
  return total;
}

(typeof print === 'function' ? print : console.log)(run(30, 16));
