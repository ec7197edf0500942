const log = [];
const t = (n) => (log.push(n), n);
function f() { log.push('called'); }
const get = () => (log.push('callee'), f);
get()(t(1), t(2), ...[t(3)], t(4));
console.log(log.join()); // expect: callee,1,2,3,4,called
try {
  undefined_function(t(5));
} catch (e) {
  console.log(e.message, log.length); // expect: undefined_function is not defined 6
}
const o = {};
try {
  o.missing(t(6));
} catch (e) {
  console.log(e.message, log.length); // expect: o.missing is not a function 7
}
