const out = [];
outer: for (let i = 0; i < 4; i++) {
  inner: for (let j = 0; j < 4; j++) {
    if (j === 1) continue inner;
    if (i === 1) continue outer;
    if (i === 3) break outer;
    if (j === 3) break inner;
    out.push(`${i}${j}`);
  }
}
console.log(out); // expect: [ '00', '02', '20', '22' ]
block: {
  console.log('in'); // expect: in
  if (out) break block;
  console.log('never');
}
a: b: c: for (;;) { break b; }
lbl: if (true) { break lbl; }
x: do { continue x; } while (false);
let n = 0;
w: while (n < 5) { n++; do { continue w; } while (true); }
console.log(n); // expect: 5
