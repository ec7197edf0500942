let x = 1;
/* begins here
// expect syntax error: 2:1 The comment is not closed
