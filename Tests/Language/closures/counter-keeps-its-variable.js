function counter() {
  let n = 0;
  return { up: () => ++n, down: () => --n, get value() { return n; } };
}
const a = counter();
const b = counter();
a.up();
a.up();
b.down();
console.log(a.value, b.value); // expect: 2 -1
console.log(a.up(), a.value); // expect: 3 3
