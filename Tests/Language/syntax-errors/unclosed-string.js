const a = 'text;
// expect syntax error: 1:11 The string is not closed
