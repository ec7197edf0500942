function f() {
  throw
    new Error('x');
}
// expect syntax error: 2:8 The value of `throw` must begin on the same line
