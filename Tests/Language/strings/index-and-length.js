const s = 'añ😀z';
console.log(s.length, s[0], s[1], s.charAt(4), s.charAt(9) === '', s[9], s.at(-1), s.at(-9), s.charCodeAt(2), s.codePointAt(2), s.codePointAt(3), s.codePointAt(9), s.charCodeAt(9));
// expect: 5 a ñ z true undefined z undefined 55357 128512 56832 undefined NaN
console.log([...s].length, s.split('').length, JSON.stringify(s[2]), JSON.stringify(s.slice(2, 4)), 'abc'['1'], 'abc'[1.5], 'abc'['length'], 'abc'[-1]);
// expect: 4 5 "\ud83d" "😀" b undefined 3 undefined
console.log(Object.keys('ab'), Object.getOwnPropertyNames('ab'), '0' in Object('ab'), 'ab'.hasOwnProperty(1), 'ab'.hasOwnProperty('length'));
// expect: [ '0', '1' ] [ '0', '1', 'length' ] true true true
console.log(String.fromCharCode(72, 105, 0x1f600), String.fromCodePoint(128512, 97), String.fromCharCode(65601), String.fromCharCode());
// expect: Hi 😀a A
try {
  String.fromCodePoint(1114112);
} catch (e) {
  console.log(e.name, e.message); // expect: RangeError Invalid code point 1114112
}
