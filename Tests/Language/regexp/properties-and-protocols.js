const r = /a\/b[/]\n/gimsuyd;
console.log(r.flags, r.source, `${r}`, r.global, r.sticky, r.hasIndices, r.unicodeSets, r.dotAll);
// expect: dgimsuy a\/b[/]\n /a\/b[/]\n/dgimsuy true true true false true
console.log(RegExp('/').source, RegExp('\n').source, RegExp('').source, String(RegExp('[/]')), RegExp('\\/').source);
// expect: \/ \n (?:) /[/]/ \/
console.log(new RegExp(/x/g).flags, new RegExp(/x/g, 'i').flags, RegExp(r) === r, RegExp(r, 'g') === r, new RegExp(r) === r);
// expect: g i true false false
console.log(RegExp(undefined).source, RegExp(null).source, RegExp({ toString: () => 'q' }).source, RegExp('a', undefined).flags);
// expect: (?:) null q 
console.log(Object.getOwnPropertyNames(RegExp.prototype).sort().join());
// expect: compile,constructor,dotAll,exec,flags,global,hasIndices,ignoreCase,multiline,source,sticky,test,toString,unicode,unicodeSets
console.log(RegExp.prototype.flags, RegExp.prototype.source, RegExp.prototype.global, String(RegExp.prototype), RegExp[Symbol.species] === RegExp);
// expect:  (?:) undefined /(?:)/ true
for (const bad of [['('], ['a', 'gg'], ['a', 'q'], ['[b-a]'], ['a**'], ['\\', 'u'], ['(?<a>.)(?<a>.)'], ['{', 'u'], ['x{2,1}'], ['\\p{No}', 'u']]) {
  try { new RegExp(...bad); } catch (e) { console.log(e.name, e.message); }
// expect: SyntaxError Invalid regular expression: /(/: Unterminated group
// expect: SyntaxError Invalid flags supplied to RegExp constructor 'gg'
// expect: SyntaxError Invalid flags supplied to RegExp constructor 'q'
// expect: SyntaxError Invalid regular expression: /[b-a]/: Range out of order in character class
// expect: SyntaxError Invalid regular expression: /a**/: Nothing to repeat
// expect: SyntaxError Invalid regular expression: /\/u: \ at end of pattern
// expect: SyntaxError Invalid regular expression: /(?<a>.)(?<a>.)/: Duplicate capture group name
// expect: SyntaxError Invalid regular expression: /{/u: Lone quantifier brackets
// expect: SyntaxError Invalid regular expression: /x{2,1}/: numbers out of order in {} quantifier
}
class Traced extends RegExp {
  exec(text) { console.log('exec', this.lastIndex); return super.exec(text); }
// expect: exec 0
// expect: exec 0
// expect: exec 2
// expect: exec 3
// expect: exec 0
// expect: exec 2
// expect: exec 3
// expect: exec 0
// expect: exec 1
// expect: exec 2
// expect: exec 0
}
const t = new Traced('b', 'g');
console.log(t.test('abb'), 'abb'.match(t), 'abb'.replace(t, 'x'), 'abc'.split(t), 'abc'.search(t), t instanceof RegExp);
// expect: true [ 'b', 'b' ] axx [ 'a', 'c' ] 1 true
// expect: exec 0
// expect: exec 2
// expect: exec 3
console.log([...'abb'.matchAll(new Traced('b', 'g'))].length, t, new Traced('x')); // expect: 2 Traced /b/g Traced /x/
class Counting extends RegExp { static get [Symbol.species]() { console.log('species'); return RegExp; } }
// expect: species
console.log('a-b'.split(new Counting('-')), new Counting('-').constructor.name); // expect: [ 'a', 'b' ] Counting
const stub = { exec: () => null, flags: '', toString: () => 'stub' };
console.log(RegExp.prototype.test.call(stub, 'x'), RegExp.prototype[Symbol.match].call(stub, 'x'), RegExp.prototype.toString.call({ source: 'S', flags: 'F' }));
// expect: false null /S/F
const own = /a/g;
own.exec = () => null;
console.log(own.test('a'), 'aaa'.replace(own, 'b'), 'aaa'.match(own)); // expect: false aaa null
try { RegExp.prototype.test.call({ exec: () => 1 }, ''); } catch (e) { console.log(e.name); } // expect: TypeError
console.log({ [Symbol.match]: false, toString: () => '/x/' } && '/x/'.startsWith('/x'), (() => { try { '/x/'.startsWith(/x/); } catch (e) { return e.message; } })());
// expect: true First argument to String.prototype.startsWith must not be a regular expression
const compiled = /a/g;
compiled.lastIndex = 3;
console.log(compiled.compile('b', 'i'), compiled.lastIndex, compiled.test('B'), compiled.compile(/c/m));
// expect: /c/m 0 true /c/m
console.log(JSON.stringify({ r: /x/ }), typeof /x/, /x/ instanceof Object, Object.prototype.toString.call(/x/), [/a/, { b: /c/g }], Object.assign(/x/, { p: 1 }));
// expect: {"r":{}} object true [object RegExp] [ /a/, { b: /c/g } ] /x/ { p: 1 }
