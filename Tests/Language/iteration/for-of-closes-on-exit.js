const log = [];
function iterable() {
  let n = 0;
  return {
    [Symbol.iterator]() { return this; },
    next() { return { value: n++, done: n > 4 }; },
    return(v) { log.push('return'); return { value: v }; },
  };
}
for (const x of iterable()) log.push(x);
console.log(log.splice(0)); // expect: [ 0, 1, 2, 3 ]
for (const x of iterable()) {
  if (x === 1) break;
  log.push(x);
}
console.log(log.splice(0)); // expect: [ 0, 'return' ]
for (const x of iterable()) {
  if (x === 1) continue;
  log.push(x);
}
console.log(log.splice(0)); // expect: [ 0, 2, 3 ]
try {
  for (const x of iterable()) throw 'stop ' + x;
} catch (e) {
  log.push(e);
}
console.log(log.splice(0)); // expect: [ 'return', 'stop 0' ]
(function () {
  for (const x of iterable()) return log.push('leaving');
})();
console.log(log.splice(0)); // expect: [ 'leaving', 'return' ]
outer: for (const y of [1, 2]) {
  for (const x of iterable()) {
    log.push(y + ':' + x);
    continue outer;
  }
}
console.log(log.splice(0)); // expect: [ '1:0', 'return', '2:0', 'return' ]
done: for (const x of iterable()) {
  for (const y of iterable()) break done;
}
console.log(log.splice(0)); // expect: [ 'return', 'return' ]
