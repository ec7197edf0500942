const a = [1, 2, 3];
const seen = [];
for (const x of a) {
  seen.push(x);
  if (x === 1) a.push(4);
  if (x === 2) a.shift();
}
console.log(seen, a); // expect: [ 1, 2, 4 ] [ 2, 3, 4 ]
for (const x of [1, , 3]) console.log(x);
// expect: 1
// expect: undefined
// expect: 3
for (const c of 'añ😀') console.log(c, c.length);
// expect: a 1
// expect: ñ 1
// expect: 😀 2
