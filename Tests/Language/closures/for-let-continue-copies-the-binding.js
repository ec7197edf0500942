const fs = [];
for (let i = 0; i < 4; i++) {
  fs.push(() => i);
  if (i === 1) continue;
  i += 0;
}
console.log(fs.map((f) => f())); // expect: [ 0, 1, 2, 3 ]
outer: for (let i = 0; i < 3; i++) {
  for (let j = 0; j < 3; j++) {
    fs.push(() => i * 10 + j);
    if (j === 1) continue outer;
  }
}
console.log(fs.map((f) => f()));
// expect: [
// expect:   0,  1,  2,  3,  0,
// expect:   1, 10, 11, 20, 21
// expect: ]
