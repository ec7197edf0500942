var interface = 1;
// expect syntax error: 1:5 `interface` is a reserved word in strict mode
