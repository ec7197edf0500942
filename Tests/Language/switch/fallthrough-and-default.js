function f(x) {
  const out = [];
  switch (x) {
    case 1: out.push('one');
    case 2: out.push('two'); break;
    default: out.push('default');
    case 3: out.push('three'); break;
    case 4: out.push('four');
  }
  return out.join();
}
for (const x of [1, 2, 3, 4, 5, '1']) console.log(x, f(x));
// expect: 1 one,two
// expect: 2 two
// expect: 3 three
// expect: 4 four
// expect: 5 default,three
// expect: 1 default,three
switch (1) {}
switch (1) { default: console.log('only default'); } // expect: only default
