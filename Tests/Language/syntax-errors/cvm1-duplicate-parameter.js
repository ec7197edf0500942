// @dialect cvm1
// What the table does not name stays as it is.
function f(a, a) {}  // expect syntax error: 3:15 The parameter `a` stands twice
