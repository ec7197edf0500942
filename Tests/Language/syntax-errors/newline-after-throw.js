function f() {
  throw
    new Error('x');
}
// expect syntax error: 3:5 The value of `throw` must begin on the same line
