let a = 1 let b = 2;
// expect syntax error: 1:11 Expected `;` or a new line
