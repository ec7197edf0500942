console.log('nothing runs before the whole program is read');
const x = 1 + ;
// expect syntax error: 2:15 Expected an expression, found `;`
