const out = [];
for (let i = 0; i < 3; i++) {
  function inner() { return i * i; }
  out.push(inner);
}
console.log(out.map((f) => f()), out[0] === out[1]); // expect: [ 0, 1, 4 ] false
