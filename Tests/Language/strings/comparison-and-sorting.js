console.log(['b', 'a', 'C', 'A', 'é', 'z', '10', '9', ''].sort(), ['10', 9, 8, '1', 100].sort());
// expect: [
// expect:   '',  '10', '9',
// expect:   'A', 'C',  'a',
// expect:   'b', 'z',  'é'
// expect: ] [ '1', '10', 100, 8, 9 ]
console.log('apple' < 'banana', 'a' < 'aa', 'Z' < 'a', '\u{1F600}' < '\uffee', 'abc' === 'abc', 'abc' == ['abc'], 'a'.localeCompare('b') < 0);
// expect: true true true true true true true
console.log(['résumé', 'resume', 'Résumé'].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
// expect: [ 'Résumé', 'resume', 'résumé' ]
