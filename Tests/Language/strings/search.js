const s = 'canal panama';
console.log(s.indexOf('an'), s.indexOf('an', 2), s.indexOf('x'), s.indexOf(''), s.indexOf('', 5), s.indexOf('', 99), s.indexOf('a', -5), s.lastIndexOf('an'), s.lastIndexOf('an', 7), s.lastIndexOf('c', 0), s.lastIndexOf(''), s.lastIndexOf('a', -1), s.lastIndexOf('a', NaN));
// expect: 1 7 -1 0 5 12 1 7 7 0 12 -1 11
console.log(s.includes('nal'), s.includes('nal', 3), s.includes(''), s.startsWith('can'), s.startsWith('nal', 2), s.endsWith('ama'), s.endsWith('nal', 5), s.endsWith(''), 'undefined'.includes(), 'null'.indexOf(null), '1,2'.includes([1, 2]));
// expect: true false true true true true true true true 0 true
console.log('日本語日本'.indexOf('本', 2), '日本語'.lastIndexOf('日'), 'aXbX'.indexOf('X'), 'é'.indexOf('é'), 'latin'.indexOf('日'), '日latin'.indexOf('latin'));
// expect: 4 0 1 0 -1 1
