f() = 1;
// expect syntax error: 1:1 Cannot assign to
// not for node: Node reports it only when it runs
