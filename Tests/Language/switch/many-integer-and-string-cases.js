function word(n) {
  switch (n) {
    case 0: return 'zero'; case 1: return 'one'; case 2: return 'two'; case 3: return 'three'; case 4: return 'four';
    case 5: return 'five'; case 6: return 'six'; case 7: return 'seven'; case 8: return 'eight'; case 9: return 'nine';
    case 100: return 'hundred'; case -1: return 'minus one'; case 1.5: return 'one and a half';
  }
  return 'many';
}
console.log([0, 1, 5, 9, 10, 100, -1, 1.5, '1', 2.0].map(word));
// expect: [
// expect:   'zero',
// expect:   'one',
// expect:   'five',
// expect:   'nine',
// expect:   'many',
// expect:   'hundred',
// expect:   'minus one',
// expect:   'one and a half',
// expect:   'many',
// expect:   'two'
// expect: ]
const kind = (s) => { switch (s) { case 'a': case 'e': case 'i': case 'o': case 'u': return 'vowel'; default: return 'other'; } };
console.log([...'table'].map(kind).join(' ')); // expect: other vowel other other vowel
