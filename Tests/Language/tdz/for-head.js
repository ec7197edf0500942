let i = 'outer';
try {
  for (let i of [i]) console.log('never');
} catch (e) {
  console.log(e.message); // expect: Cannot access 'i' before initialization
}
try {
  for (const k in { [k]: 1 }) console.log('never');
} catch (e) {
  console.log(e.message); // expect: Cannot access 'k' before initialization
}
console.log(i); // expect: outer
