const log = [];
for (const x of [1, 2, 3]) {
  try {
    if (x === 1) continue;
    if (x === 3) break;
    log.push(x);
  } finally {
    log.push('f' + x);
  }
}
console.log(log); // expect: [ 'f1', 2, 'f2', 'f3' ]
