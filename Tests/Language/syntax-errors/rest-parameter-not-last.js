function f(...a, b) {}
// expect syntax error: 1:16
