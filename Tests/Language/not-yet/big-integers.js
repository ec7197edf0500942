console.log('not printed');
const big = 10n;
// expect syntax error: 2:13 BigInt is not supported yet
// not for node: it has them
