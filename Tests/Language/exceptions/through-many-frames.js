function down(n) {
  if (n === 0) throw new RangeError('bottom');
  const kept = n;
  const r = down(n - 1);
  return kept + r;
}
try {
  down(500);
} catch (e) {
  console.log(e instanceof RangeError, e.message); // expect: true bottom
}
let cleaned = 0;
function clean(n) {
  try {
    if (n === 0) throw 'x';
    clean(n - 1);
  } finally {
    cleaned++;
  }
}
try { clean(200); } catch (e) { console.log(e, cleaned); } // expect: x 201
