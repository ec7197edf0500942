const fs = [];
for (const v of [1, 2]) {
  try {
    throw v;
  } catch (e) {
    fs.push(() => e++);
  }
}
console.log(fs.map((f) => f()), fs.map((f) => f())); // expect: [ 1, 2 ] [ 2, 3 ]
