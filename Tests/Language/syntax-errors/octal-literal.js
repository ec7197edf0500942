const n = 017;
// expect syntax error: 1:11 A number cannot begin with `0`
