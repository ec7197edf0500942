const c = 1;
try {
  c = 2;
} catch (e) {
  console.log(e.name, e.message); // expect: TypeError Assignment to constant variable.
}
try {
  c++;
} catch (e) {
  console.log(e.message); // expect: Assignment to constant variable.
}
try {
  c += (console.log('evaluated'), 1); // expect: evaluated
} catch (e) {
  console.log(e.message); // expect: Assignment to constant variable.
}
c ||= 5;
c ??= 5;
try {
  c &&= 5;
} catch (e) {
  console.log(e.message); // expect: Assignment to constant variable.
}
for (const i of [1, 2]) console.log(i);
// expect: 1
// expect: 2
try {
  for (const i = 0; i < 2; i++) console.log('round', i); // expect: round 0
} catch (e) {
  console.log(e.message); // expect: Assignment to constant variable.
}
try {
  [c] = [1];
} catch (e) {
  console.log(e.message); // expect: Assignment to constant variable.
}
console.log(c); // expect: 1
