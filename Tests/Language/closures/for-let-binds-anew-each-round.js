const fs = [];
for (let i = 0; i < 3; i++) fs.push(() => i);
console.log(fs.map((f) => f())); // expect: [ 0, 1, 2 ]
const gs = [];
for (let i = 0; i < 3; i++) {
  gs.push(() => i);
  i++;
}
console.log(gs.map((g) => g())); // expect: [ 1, 3 ]
const hs = [];
for (let i = 0, step = () => i++; i < 3; step(), i++) hs.push(() => i);
console.log(hs.map((h) => h())); // expect: [ 0, 1, 2 ]
