class A {
  constructor() {}
  constructor() {}
}
// expect syntax error: 3:3 A class can have only one constructor
