function f() {
  if (true) {
    return 1;
  }
// expect syntax error: 6:1 Expected `}`
