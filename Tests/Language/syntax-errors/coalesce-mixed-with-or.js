const x = 1 || 2 ?? 3;
// expect syntax error: 1:11 needs parentheses
