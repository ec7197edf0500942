function make(tag) {
  let count = 0;
  return class {
    hit() { count++; return this; }
    static total() { return `${tag}:${count}`; }
  };
}
const A = make('a');
const B = make('b');
new A().hit().hit();
new B().hit();
console.log(A.total(), B.total()); // expect: a:2 b:1
