console.log('not printed');
async function f() { await 1; }
// expect syntax error: 2:1 async
// not for node: it has them
