const [a, b];
// expect syntax error: 1:7 A pattern in a declaration needs a value
