console.log('first\nsecond', ['first\nsecond'], { s: 'a\nb' });
// expect: first
// expect: second [ 'first\nsecond' ] { s: 'a\nb' }
console.log({ text: 'line one of the text\nline two of the text\nline three', other: 1 });
// expect: {
// expect:   text: 'line one of the text\nline two of the text\nline three',
// expect:   other: 1
// expect: }
console.log(['x'.repeat(100), 'y\n'.repeat(3)]);
// expect: [
// expect:   'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   'y\ny\ny\n'
// expect: ]
console.log({ a: 'x'.repeat(90), b: { c: 'y'.repeat(90) } });
// expect: {
// expect:   a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   b: {
// expect:     c: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy'
// expect:   }
// expect: }
console.log(['a very long string that goes on and on until the end of line', 'and another very long string']);
// expect: [
// expect:   'a very long string that goes on and on until the end of line',
// expect:   'and another very long string'
// expect: ]
