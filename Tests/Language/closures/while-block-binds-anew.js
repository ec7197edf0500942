let n = 3;
const fs = [];
while (n--) {
  const k = n;
  let twice = k * 2;
  fs.push(() => twice++ + k);
}
console.log(fs.map((f) => f())); // expect: [ 6, 3, 0 ]
console.log(fs.map((f) => f())); // expect: [ 7, 4, 1 ]
