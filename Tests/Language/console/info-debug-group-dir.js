console.info('info', { a: 1 }); // expect: info { a: 1 }
console.debug('debug %d', 5); // expect: debug 5
console.group('group'); // expect: group
console.log('inside'); // expect:   inside
console.log({ a: 'x'.repeat(40), b: 'y'.repeat(40) });
// expect:   {
// expect:     a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:     b: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy'
// expect:   }
console.group();
console.log('two\nlines');
// expect:     two
// expect:     lines
console.groupEnd();
console.groupEnd();
console.groupEnd();
console.log('outside'); // expect: outside
console.dir({ a: { b: { c: { d: 1 } } } }); // expect: { a: { b: { c: [Object] } } }
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); // expect: { a: [Object] }
console.assert(true, 'not printed');
console.count(); // expect: default: 1
console.count('named'); // expect: named: 1
console.count(); // expect: default: 2
console.countReset();
console.count(); // expect: default: 1
console.log(typeof console.log, console.log('returns') === undefined);
// expect: returns
// expect: function true
