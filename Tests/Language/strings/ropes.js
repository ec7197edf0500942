let s = '';
for (let i = 0; i < 20000; i++) s += i % 10;
console.log(s.length, s[12345], s.slice(9998, 10003), s.indexOf('90123', 15000), s.endsWith('789'));
// expect: 20000 5 89012 15009 true
let left = '';
for (let i = 0; i < 20000; i++) left = 'x' + left;
console.log(left.length, left === 'x'.repeat(20000), left < 'y'); // expect: 20000 true true
let both = 'é';
for (let i = 0; i < 15; i++) both = both + both;
console.log(both.length, both === 'é'.repeat(32768), both.charCodeAt(32767)); // expect: 32768 true 233
let wide = 'a';
for (let i = 0; i < 12; i++) wide = wide + '日' + wide;
console.log(wide.length, wide[4095], [...wide].filter((c) => c === '日').length); // expect: 8191 日 4095
const m = {};
m['ke' + 'y'.repeat(3)] = 1;
let k = 'k';
k += 'eyyy';
console.log(m[k], m[k + ''], k in m, new Map([[k, 'found']]).get('keyyy'), [k].includes('keyyy'));
// expect: 1 1 true found true
