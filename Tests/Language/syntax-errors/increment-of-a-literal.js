let n = 5;
n = 5++;
// expect syntax error: 2:5 `++` needs a variable or property
