console.log(typeof nowhere); // expect: undefined
try {
  typeof later;
} catch (e) {
  console.log(e.message); // expect: Cannot access 'later' before initialization
}
let later = 1;
console.log(typeof later); // expect: number
