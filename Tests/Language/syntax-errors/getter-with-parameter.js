const o = { get x(v) { return v; } };
// expect syntax error: 1:13 A getter has no parameters
