const inits = [];
const tests = [];
const updates = [];
for (let i = (inits.push(() => i), 0); tests.push(() => i), i < 2; updates.push(() => i), i++);
console.log(inits.map((f) => f())); // expect: [ 0 ]
console.log(tests.map((f) => f())); // expect: [ 0, 1, 2 ]
console.log(updates.map((f) => f())); // expect: [ 1, 2 ]
