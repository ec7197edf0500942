function f() {
  if (true) {
    return 1;
  }
// expect syntax error: 5:1 Expected `}`
