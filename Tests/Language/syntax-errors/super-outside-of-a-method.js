function f() {
  super.x();
}
// expect syntax error: 2:3 `super` is allowed in methods only
