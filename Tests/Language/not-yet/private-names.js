class A {
  #p = 1;
}
// expect syntax error: 2:3 private names are not supported yet
// not for node: it has them
