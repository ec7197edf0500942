let finals = 0;
function dive(n) {
  try {
    if (n === 0) throw new Error('bottom');
    return dive(n - 1);
  } finally {
    finals++;
  }
}
try {
  dive(20000);
} catch (e) {
  console.log(e.message, finals); // expect: bottom 20001
}
