console.log('not printed');
const r = /x[b-a]/;
// expect syntax error: 2:14 Invalid regular expression: Range out of order in character class
