const a = [];
a['0'] = 'zero';
a['01'] = 'not an index';
a[-1] = 'neg';
a[1.5] = 'frac';
a['2'] = 'two';
a[4294967295] = 'too big for an index';
console.log(a.length, a, Object.keys(a));
// expect: 3 [
// expect:   'zero',
// expect:   <1 empty item>,
// expect:   'two',
// expect:   '01': 'not an index',
// expect:   '-1': 'neg',
// expect:   '1.5': 'frac',
// expect:   '4294967295': 'too big for an index'
// expect: ] [ '0', '2', '01', '-1', '1.5', '4294967295' ]
a[true] = 't';
a[null] = 'n';
a[[3]] = 'three';
console.log(a.length, a[3], a['-1'], a.true, 'null' in a); // expect: 4 three neg t true
const i = 1;
console.log([[1, 2], [3, 4]][i][0], [5]['0'], [5][-0], [5]['-0'], [1, 2, 3][1.0], [1, 2, 3]['1.0']);
// expect: 3 5 5 undefined 2 undefined
