const like = { length: 3, 0: 'a', 2: 'c' };
const P = Array.prototype;
console.log(P.map.call(like, (x) => x + '!'), P.join.call(like), P.slice.call(like, 1), P.filter.call('abc', (c) => c > 'a'), P.indexOf.call(like, 'c'), P.includes.call(like, undefined), P.reverse.call(like), P.every.call('aaa', (c) => c === 'a'));
// expect: [ 'a!', <1 empty item>, 'c!' ] a,,c [ <1 empty item>, 'c' ] [ 'b', 'c' ] 2 true { '0': 'c', '2': 'a', length: 3 } true
console.log(P.concat.call(like, [1]).length, P.fill.call({ length: 2 }, 7), P.sort.call({ length: 3, 0: 3, 1: 1, 2: 2 }), P.splice.call({ length: 2, 0: 'x', 1: 'y' }, 0, 1), P.reduce.call('abc', (s, c) => c + s), P.at.call({ length: 1, 0: 'only' }, -1), P.toString.call({ join: () => 'joined' }), P.toString.call({}));
// expect: 2 { '0': 7, '1': 7, length: 2 } { '0': 1, '1': 2, '2': 3, length: 3 } [ 'x' ] cba only joined [object Object]
for (const v of [null, undefined]) {
  try {
    P.map.call(v, (x) => x);
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError Array.prototype.map called on null or undefined
    // expect: TypeError Array.prototype.map called on null or undefined
  }
}
console.log(P.forEach.call({ length: -5 }, () => console.log('never')), P.map.call({ length: '2', 0: 1, 1: 2 }, (x) => x), P.push.call({ length: 'x' }, 1));
// expect: undefined [ 1, 2 ] 1
