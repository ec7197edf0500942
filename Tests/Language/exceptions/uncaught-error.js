console.log('printed first'); // expect: printed first
function inner() {
  throw new TypeError('it went wrong');
}
function outer() {
  inner();
}
outer();
console.log('never');
// expect uncaught: TypeError: it went wrong
