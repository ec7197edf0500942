"use strict";
// Strings: three million pieces appended one by one, then every code unit read.

function run(n) {
  var s = '';
  for (var i = 0; i < n; i++) s += i & 1 ? 'a' : 'b';
  var h = 0;
  for (var j = 0; j < s.length; j++) h = (h * 31 + s.charCodeAt(j)) & 0xffffff;
  return h;
}

(typeof print === 'function' ? print : console.log)(run(3000000));
