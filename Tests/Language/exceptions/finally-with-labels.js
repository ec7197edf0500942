const log = [];
a: try {
  try {
    break a;
  } finally {
    log.push('inner');
  }
  log.push('never');
} finally {
  log.push('outer');
}
b: for (let i = 0; i < 2; i++) {
  for (let j = 0; j < 2; j++) {
    try {
      if (j === 0) continue b;
    } finally {
      log.push(`${i}${j}`);
    }
  }
}
console.log(log); // expect: [ 'inner', 'outer', '00', '10' ]
