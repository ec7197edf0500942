const fs = [];
for (var i = 0; i < 3; i++) fs.push(() => i);
console.log(fs.map((f) => f()), i); // expect: [ 3, 3, 3 ] 3
