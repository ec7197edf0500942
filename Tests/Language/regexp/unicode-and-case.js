console.log('😀x'.match(/./g).length, '😀x'.match(/./gu), /^.$/.test('😀'), /^.$/u.test('😀'), /\u{1F600}/u.test('😀'));
// expect: 3 [ '😀', 'x' ] false true true
console.log(/[😀-😂]/u.test('😁'), /\ud83d/.test('😀'), /\ud83d/u.test('😀'), /^[^x]$/u.test('😀'));
// expect: true true false true
console.log(/^\p{Lu}\p{Ll}+$/u.test('Élan'), /\p{Script=Greek}+/u.exec('abγδ')[0], /\p{Nd}/u.test('٣'), /\P{L}/u.exec('aé1')[0]);
// expect: true γδ true 1
console.log(/ſ/i.test('s'), /ſ/iu.test('S'), /\w/iu.test('ſ'), /[^\W]/iu.test('K'), /\W/iu.test('ſ'), /ß/i.test('ẞ'), /ß/iu.test('ẞ'));
// expect: false true true true false false true
console.log(/[\d--[3-5]]+/v.exec('12345')[0], /[\w&&\d]+/v.exec('ab12')[0], /[\q{abc|ab|}x]/v.exec('abcd')[0]);
// expect: 12 12 abc
console.log(/^\p{RGI_Emoji}$/v.test('👨‍👩‍👧'), /^\p{Emoji_Keycap_Sequence}$/v.test('1️⃣'), /\p{Lu}/iv.test('a'), /[^\P{Lu}]/iu.test('a'));
// expect: true true true false
console.log(/é/i.test('É'), /Σ/i.test('ς'), /σ/iu.test('ς'), /[à-þ]/i.test('Þ'), /ǆ/i.test('ǅ'), /[^x]/i.test('X'));
// expect: true true true true true false
console.log(/\bé/.test('é'), /\s/.test('\ufeff'), /\s/.test('\u180e'), /./.test('\u2028'), /^$/m.test('a\u2029'), /\d/.test('٣'));
// expect: false true false false true false
console.log('ÀÉ'.replace(/[à-ÿ]/gi, (c) => c.codePointAt(0).toString(16)), 'x𝒜y'.split(/(?<=𝒜)/u), /(?<𝒜>.)/.exec('a').groups);
// expect: c0c9 [ 'x𝒜', 'y' ] [Object: null prototype] { '𝒜': 'a' }
console.log(/(?<\u{61}b>.)\k<ab>/.test('xx'), /(\u{61})/.test('a'), /(.)\1/iu.test('sſ'), /(.)\1/i.test('sſ'), /(.)\1/iu.exec('𐐀𐐨') !== null);
// expect: true false true false true
console.log(/\u{2}/.exec('uu')[0], /[\u{61}]/u.exec('a')[0], '\ud83d'.match(/\ud83d/u) !== null, /^\S$/u.test('😀'), /^\W\b/.test('-a'));
// expect: uu a true true true
