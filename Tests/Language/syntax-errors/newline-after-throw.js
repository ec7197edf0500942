function f() {
  throw
    new Error('x');
}
// expect syntax error: 2:3 The value of `throw` must begin on the same line
