const x = -2 ** 2;
// expect syntax error: 1:11 An operator before the base of `**` needs parentheses
