arguments = 1;
// expect syntax error: 1:1 `arguments` cannot be assigned
