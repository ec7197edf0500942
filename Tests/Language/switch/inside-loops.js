const out = [];
for (let i = 0; i < 6; i++) {
  switch (i) {
    case 1: continue;
    case 3: break;
    case 5: out.push('last');
    default: out.push(i);
  }
}
console.log(out); // expect: [ 0, 2, 4, 'last', 5 ]
loop: while (true) { switch (1) { case 1: break loop; } }
sw: switch (1) { case 1: for (;;) break sw; }
console.log('left'); // expect: left
