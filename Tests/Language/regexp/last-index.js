const g = /a/g;
console.log(g.test('aa'), g.lastIndex, g.test('aa'), g.lastIndex, g.test('aa'), g.lastIndex);
// expect: true 1 true 2 false 0
const y = /b/y;
console.log(y.test('ab'), y.lastIndex, ((y.lastIndex = 1), y.test('ab')), y.lastIndex, y.test('ab'), y.lastIndex);
// expect: false 0 true 2 false 0
const plain = /a/;
plain.lastIndex = 5;
console.log(plain.test('a'), plain.lastIndex, Object.getOwnPropertyDescriptor(plain, 'lastIndex'));
// expect: true 5 { value: 5, writable: true, enumerable: false, configurable: false }
g.lastIndex = -1;
console.log(g.exec('ba').index, g.lastIndex); // expect: 1 2
g.lastIndex = 1.9;
console.log(g.exec('aa').index, ((g.lastIndex = '1'), g.exec('aa').index), ((g.lastIndex = Infinity), g.exec('aa')), g.lastIndex);
// expect: 1 1 null 0
g.lastIndex = { valueOf() { console.log('valueOf'); return 1; } }; // expect: valueOf
console.log(g.exec('aaa').index, g.lastIndex); // expect: 1 2
const u = /\udf06/u;
console.log(u.exec('\ud834\udf06'), /^[^x]$/u.exec('\ud834\udf06') !== null); // expect: null true
const gu = /(?:)/gu;
gu.lastIndex = 1;
console.log(gu.exec('\ud834\udf06').index, gu.lastIndex); // expect: 0 0
const frozen = Object.freeze(/a/g);
try { frozen.test('a'); } catch (e) { console.log(e.name, e.message); }
// expect: TypeError Cannot assign to read only property 'lastIndex' of object '[object RegExp]'
console.log(Object.freeze(/a/).test('a'), delete /a/.source, 'lastIndex' in /a/, Object.keys(/a/));
// expect: true true true []
try { delete /a/.lastIndex; } catch (e) { console.log(e.name); } // expect: TypeError
let count = 0;
const words = /\w+/g;
for (let m; (m = words.exec('one two three')) !== null;) count += m[0].length * words.lastIndex;
console.log(count, words.lastIndex); // expect: 95 0
