var e = 'outer';
try {
  throw 'inner';
} catch (e) {
  var fromCatch = e;
  e = 'changed';
  let own = 1;
}
console.log(e, fromCatch, typeof own); // expect: outer inner undefined
try {
  throw 1;
} catch {
  console.log('no binding'); // expect: no binding
}
try { throw [1, 2]; } catch ([a, b = 3]) { console.log(a, b); } // expect: 1 2
