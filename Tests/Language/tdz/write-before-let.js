try {
  y = 1;
} catch (e) {
  console.log(e.name + ': ' + e.message); // expect: ReferenceError: Cannot access 'y' before initialization
}
let y;
console.log(y); // expect: undefined
