let last = null;
for (let i = 0; i < 100000; i++) {
  const a = { n: i }, b = { a };
  a.b = b;
  a.self = a;
  last = a;
}
console.log(last.b.a === last, last.self.n); // expect: true 99999
