function f(a, b, a) {}
// expect syntax error: 1:18 The parameter `a` stands twice
