function f(...a, b) {}
// expect syntax error: 1:16 No comma may follow the rest element
