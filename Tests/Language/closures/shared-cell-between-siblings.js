function pair() {
  var x = 1;
  return [(v) => { x = v; }, () => x];
}
const [set, get] = pair();
set(41);
console.log(get()); // expect: 41
set(get() + 1);
console.log(get()); // expect: 42
