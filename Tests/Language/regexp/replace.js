console.log('aXbXc'.replace(/X/, '-'), 'aXbXc'.replace(/X/g, '-'), 'aXbXc'.replaceAll(/x/gi, () => '+'));
// expect: a-bXc a-b-c a+b+c
console.log('abc'.replace(/(b)/, "[$1|$&|$`|$'|$$|$2|$10|$01]"), 'abc'.replace(/b/, '$1$<x>'));
// expect: a[b|b|a|c|$|$2|b0|b]c a$1$<x>c
console.log('John Smith'.replace(/(?<first>\w+)\s(?<last>\w+)/, '$<last>, $<first>$<none>')); // expect: Smith, John
console.log('2024-05-06'.replace(/(\d+)-(\d+)-(\d+)/, (all, y, m, d, at, text) => [d, m, y, at, text.length].join('.')));
// expect: 06.05.2024.0.10
console.log('a1b22'.replace(/(?<n>\d)\d?/g, (...a) => JSON.stringify(a)));
// expect: a["1","1",1,"a1b22",{"n":"1"}]b["22","2",3,"a1b22",{"n":"2"}]
console.log('abc'.replace(/(?:)/g, '-'), '😀b'.replace(/(?:)/gu, '-'), 'aaa'.replace(/a*?/g, 'x'));
// expect: -a-b-c- -😀-b- xaxaxax
console.log('abcabc'.replace(/b/g, (m, i, s) => { s = 'zzz'; return i; })); // expect: a1ca4c
console.log('x-y_z'.replace(/[-_](\w)/g, (_, c) => c.toUpperCase())); // expect: xYZ
console.log('1234567.89'.replace(/\B(?=(\d{3})+(?!\d))/g, ','), '  pad '.replace(/^\s+|\s+$/g, ''));
// expect: 1,234,567.89 pad
console.log('aaa'.replace(/a/y, 'b'), 'baa'.replace(/a/gy, 'c'), 'aab'.replace(/a/gy, 'c')); // expect: baa baa ccb
console.log('undefined'.replace(/(x)?d/g, '[$1]'), 'abc'.replace(/z/g, 'q'), 'abc'.replace(/b/, undefined), 'abc'.replace(/b/));
// expect: un[]efine[] abc aundefinedc aundefinedc
const r = /a/g;
r.lastIndex = 2;
console.log('aaa'.replace(r, 'b'), r.lastIndex, 'aaa'.replace(r, () => { r.lastIndex = 7; return 'c'; }), r.lastIndex);
// expect: bbb 0 ccc 7
try { 'abc'.replaceAll(/b/, ''); } catch (e) { console.log(e.name, e.message); }
// expect: TypeError String.prototype.replaceAll called with a non-global RegExp argument
try { 'abcabc'.replace(/b/g, (m, i) => { if (i > 2) throw new RangeError('at ' + i); return m; }); } catch (e) { console.log(e.message); }
// expect: at 4
const calls = [];
const custom = { flags: 'g', get [Symbol.replace]() { calls.push('get'); return (text, value) => `${text}:${value}`; } };
console.log('subject'.replace(custom, 'v'), calls); // expect: subject:v [ 'get' ]
const fake = {
  flags: 'g', global: true, lastIndex: 0, left: 2,
  exec(s) { calls.push(this.lastIndex); return this.left-- > 0 ? { index: this.left, length: 2, 0: s[this.left], 1: 'cap' } : null; },
};
console.log(RegExp.prototype[Symbol.replace].call(fake, 'abcd', '<$1$&>'), calls);
// expect: a<capb>cd [ 'get', 0, 0, 0 ]
console.log('aa'.replace(/a/g, '$'), 'aa'.replace(/a/g, '$a'), 'ab'.replace(/(?<x>a)/, '$<x'), 'ab'.replace(/(a)(b)?/, '$2$1$3'));
// expect: $$ $a$a $<xb ba$3
