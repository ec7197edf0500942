const a = /é(b/u;
// expect syntax error: 1:13 Invalid regular expression: Unterminated group
