const m = new Map();
let built = '';
for (const c of 'composed') built += c;
m.set(built, 1);
console.log(m.get('composed'), m.get(['comp', 'osed'].join('')), m.get('xcomposed'.slice(1)), m.has('compose'));
// expect: 1 1 1 false
m.set(1, 'int').set(1.0, 'same').set(0.1 + 0.2, 'sum').set(-0, 'zero').set(2 ** 31, 'big').set('1', 'text').set(NaN, 'nan').set(0 / 0, 'nan again').set(Infinity, 'inf');
console.log(m.size, m.get(3 - 2), m.get(0.30000000000000004), m.get(0), m.get(2147483648), m.get(Number('x')), m.get(1 / 0));
// expect: 8 same sum zero big nan again inf
const unicode = new Map([['é', 1], ['e\u0301', 2], ['😀', 3], ['\ud83d', 4]]);
console.log(unicode.size, unicode.get('\u00e9'), unicode.get('e' + '\u0301'), unicode.get('\ud83d' + '\ude00'), unicode.get('😀'[0]));
// expect: 4 1 2 3 4
