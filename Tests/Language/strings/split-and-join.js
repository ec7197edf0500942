console.log('a,b,,c'.split(','), 'abc'.split(''), ''.split(''), ''.split(','), 'abc'.split(), 'a,b,c'.split(',', 2), 'abc'.split('abc'), 'a1b1c'.split(1), 'aXXb'.split('XX'), 'abc'.split('', 2), 'a,b'.split(',', 0));
// expect: [ 'a', 'b', '', 'c' ] [ 'a', 'b', 'c' ] [] [ '' ] [ 'abc' ] [ 'a', 'b' ] [ '', '' ] [ 'a', 'b', 'c' ] [ 'a', 'b' ] [ 'a', 'b' ] []
console.log([1, [2, [3]], null, undefined, 'x'].join('-'), [].join() === '', [1].join('x'), [1, 2].join(undefined), [1, 2].join(''), [, ,].join(), Array(4).join('ab'));
// expect: 1-2,3---x true 1 1,2 12 , ababab
console.log('the quick brown fox'.split(' ').map((w) => w[0].toUpperCase() + w.slice(1)).join(' '), 'racecar'.split('').reverse().join(''));
// expect: The Quick Brown Fox racecar
