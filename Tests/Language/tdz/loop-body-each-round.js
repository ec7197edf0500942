const out = [];
for (let round = 0; round < 2; round++) {
  try {
    out.push(v);
  } catch (e) {
    out.push(e.name);
  }
  let v = round;
  out.push(v);
}
console.log(out); // expect: [ 'ReferenceError', 0, 'ReferenceError', 1 ]
