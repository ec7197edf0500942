const get = () => value;
try {
  get();
} catch (e) {
  console.log(e.message); // expect: Cannot access 'value' before initialization
}
const value = 7;
console.log(get()); // expect: 7
