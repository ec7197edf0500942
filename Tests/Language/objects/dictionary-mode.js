const o = {};
for (let i = 0; i < 5000; i++) o['key' + i] = i;
for (let i = 0; i < 5000; i += 2) delete o['key' + i];
console.log(Object.keys(o).length, o.key1, o.key2, 'key4999' in o, o.key4999, Object.keys(o)[0], Object.keys(o).at(-1));
// expect: 2500 1 undefined true 4999 key1 key4999
o.key0 = 'back';
console.log(Object.keys(o).at(-1), o.key0); // expect: key0 back
let sum = 0;
for (const k in o) sum += typeof o[k] === 'number' ? o[k] : 0;
console.log(sum); // expect: 6250000
const words = {};
for (const w of 'the cat and the dog and the bird'.split(' ')) words[w] = (words[w] ?? 0) + 1;
console.log(words); // expect: { the: 3, cat: 1, and: 2, dog: 1, bird: 1 }
for (let i = 0; i < 3; i++) { delete words.the; words.the = i; }
console.log(Object.keys(words)); // expect: [ 'cat', 'and', 'dog', 'bird', 'the' ]
