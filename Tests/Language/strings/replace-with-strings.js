console.log('aXbX'.replace('X', '-'), 'aXbX'.replaceAll('X', '-'), 'abc'.replace('z', '-'), 'abc'.replace('', '-'), 'abc'.replaceAll('', '-'), 'aaa'.replaceAll('aa', 'b'));
// expect: a-bX a-b- abc -abc -a-b-c- ba
console.log('abc'.replace('b', '[$&]'), 'abc'.replace('b', "$`|$'"), 'abc'.replace('b', '$$'), 'abc'.replace('b', '$1'), 'abc'.replace('b', '$'), 'a.b.c'.replaceAll('.', '$&$&'));
console.log('abcb'.replace('b', (m, i, s) => `<${m}${i}${s}>`), 'abcb'.replaceAll('b', (m, i) => i), 'abc'.replace('b', () => undefined), 'abc'.replace('b', () => '$&'), 'undefined'.replace(undefined, null));
// expect: a[b]c aa|cc a$c a$1c a$c a..b..c
// expect: a<b1abcb>cb a1c3 aundefinedc a$&c null
