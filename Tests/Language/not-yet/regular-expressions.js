console.log('not printed');
const r = /a+/g;
// expect syntax error: 2:11 regular expressions are not supported yet
// not for node: it has them
