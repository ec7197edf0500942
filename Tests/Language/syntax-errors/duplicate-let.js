let a = 1;
let b = 2;
let a = 3;
// expect syntax error: 3:5 `a` has already been declared
