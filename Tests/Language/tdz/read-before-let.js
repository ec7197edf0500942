console.log('before'); // expect: before
console.log(x);
let x = 1;
// expect uncaught: ReferenceError: Cannot access 'x' before initialization
