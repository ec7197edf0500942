console.log('not printed');
function* g() { yield 1; }
// expect syntax error: 2:1 generator
// not for node: it has them
