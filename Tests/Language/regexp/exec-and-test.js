console.log(/a(b)?(c)?/.exec('xabz')); // expect: [ 'ab', 'b', undefined, index: 1, input: 'xabz', groups: undefined ]
console.log(/(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac'));
// expect: [
// expect:   'zaacbbbcac',
// expect:   'z',
// expect:   'ac',
// expect:   'a',
// expect:   undefined,
// expect:   'c',
// expect:   index: 0,
// expect:   input: 'zaacbbbcac',
// expect:   groups: undefined
// expect: ]
console.log(/(a*)*/.exec('b'), /(?:a*?)?$/.exec('aa')[0], /(?=(a+))a*b\1/.exec('baaabac'));
// expect: [ '', undefined, index: 0, input: 'b', groups: undefined ] aa [ 'aba', 'a', index: 3, input: 'baaabac', groups: undefined ]
console.log(/x/.exec('abc'), /x/.test('axb'), /undefined/.test(), /null/.exec(null)[0]); // expect: null true true null
console.log(/(?<=\$)\d+(?:\.\d\d)?/.exec('cost $42.50')[0], /(?<!\$)\b\d+/.exec('$1 22')[0]); // expect: 42.50 22
console.log(/(?<=(\d+)(\d+))$/.exec('1053').slice(1), /(?<=\1(\w))d/i.exec('abcCd'));
// expect: [ '1', '053' ] [ 'd', 'C', index: 4, input: 'abcCd', groups: undefined ]
console.log(/^(?:(\d+)x)?\s*(\w+)?$/.exec('  word').slice(), /(?!(a))b\1/.exec('b'));
// expect: [ '  word', undefined, 'word' ] [ 'b', undefined, index: 0, input: 'b', groups: undefined ]
console.log(/(?:a|ab)(?:c|bcd)(d*)/.exec('abcd').slice(), /(a?)*?$/.exec('aa').slice());
// expect: [ 'abcd', '' ] [ 'aa', 'a' ]
console.log(/\bfoo\b/.exec('a foo b').index, /^b$/m.exec('a\nb\nc').index, /a.c/s.test('a\nc'), /a.c/.test('a\nc'));
// expect: 2 2 true false
console.log(/[^]/.exec('\n')[0] === '\n', /[]/.exec('a'), /\cA/.test('\x01'), /[\b]/.test('\b'), /\0/.test('\0'));
// expect: true null true true true
console.log(/\x41\u0042\103/.exec('ABC')[0], /a{2,3}?/.exec('aaaa')[0], /a{,2}/.exec('a{,2}')[0], /]}/.exec(']}')[0]);
// expect: ABC aa a{,2} ]}
console.log(/(\2)(\1)/.exec('x').slice(), /\k<a>/.test('k<a>'), /(?<a>.)\k<a>/.exec('xyy')[0]);
// expect: [ '', '', '' ] true yy
console.log(/(?<y>\d{4})-(?<m>\d\d)/.exec('on 2024-05'));
// expect: [
// expect:   '2024-05',
// expect:   '2024',
// expect:   '05',
// expect:   index: 3,
// expect:   input: 'on 2024-05',
// expect:   groups: [Object: null prototype] { y: '2024', m: '05' }
// expect: ]
console.log(/(?<a>x)(y)?(?<b>z)?/d.exec('_xy').indices);
// expect: [
// expect:   [ 1, 3 ],
// expect:   [ 1, 2 ],
// expect:   [ 2, 3 ],
// expect:   undefined,
// expect:   groups: [Object: null prototype] { a: [ 1, 2 ], b: undefined }
// expect: ]
const { groups: { first, second = 'none' } } = /(?<first>\w)(?<second>\d)?/.exec('ab');
console.log(first, second); // expect: a none
const backtracking = /^(([a-z]+)\d)+$/;
console.log(backtracking.exec('ab1cd2').slice(), backtracking.test('ab1cd')); // expect: [ 'ab1cd2', 'cd2', 'cd' ] false
console.log(/[a-z]+@[a-z]+\.(?:com|org)/i.exec('mail Jo@Example.ORG now')[0]); // expect: Jo@Example.ORG
for (const method of ['exec', 'test', 'toString', 'compile']) {
  try { RegExp.prototype[method].call(1, 'x'); } catch (e) { console.log(method, e.name); }
// expect: exec TypeError
// expect: test TypeError
// expect: toString TypeError
// expect: compile TypeError
}
console.log(RegExp.prototype.exec.length, RegExp.prototype.test.name, RegExp.length, RegExp.name);
// expect: 1 test 2 RegExp
