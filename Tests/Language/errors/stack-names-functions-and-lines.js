function inner() {
  return new Error('where');
}
function outer() { return inner(); }
const e = outer();
const lines = e.stack.split('\n');
console.log(lines[0]); // expect: Error: where
console.log(lines[1].includes('inner'), lines[2].includes('outer'), lines[1].includes(':2:'), lines[2].includes(':4:'), lines[3].includes(':5:'));
// expect: true true true true true
class Custom extends Error {}
console.log(new Custom('c').stack.split('\n')[0], new Custom('c').name); // expect: Error: c Error
