function make() { return /a/g; }
console.log(make() === make(), make().source); // expect: false a
let a = 4, g = 2, i = 1;
console.log(a / 2 / g, a /g/ i, [/=/.test('='), /[/\]]+/.exec('a/]')[0]], (/x/).test('x') ? /y/ : 1);
// expect: 1 2 [ true, '/]' ] /y/
const regexps = [];
for (let k = 0; k < 2; k++) regexps.push(/k/g);
console.log(regexps[0] !== regexps[1], regexps.every((r) => r.lastIndex === 0)); // expect: true true
console.log(`${/\//}`, /\u{1F600}/u.source, /[\]/]/.source, typeof /a/.exec, /a/i['flags'], !/b/.test('a'));
// expect: /\// \u{1F600} [\]/] function i true
const text = 'x'.repeat(3);
if (/x{3}/.test(text)) /y/.test(text) || console.log('statement'); // expect: statement
const f = (s) => /^(\w+):(.*)$/.exec(s)?.slice(1) ?? null;
console.log(f('key:value'), f('none'), ((x) => /x/g)().global); // expect: [ 'key', 'value' ] null true
switch (true) { case /^a/.test('abc'): console.log('case'); } // expect: case
console.log(/a/ + /b/, [/,/].toString(), { r: /r/ }.r.source, void /v/, delete /d/.x);
// expect: /a//b/ /,/ r undefined true
