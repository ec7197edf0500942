console.log('a, b;c'.split(/[,;]\s*/), 'abc'.split(/(?:)/), 'a1b2c'.split(/(\d)/), 'a1b2c'.split(/\d/, 2));
// expect: [ 'a', 'b', 'c' ] [ 'a', 'b', 'c' ] [ 'a', '1', 'b', '2', 'c' ] [ 'a', 'b' ]
console.log(''.split(/x/), ''.split(/(?:)/), 'abc'.split(/$/), 'aXbX'.split(/x/i), 'ab'.split(/a*?/), 'ab'.split(/a*/));
// expect: [ '' ] [] [ 'abc' ] [ 'a', 'b', '' ] [ 'a', 'b' ] [ '', 'b' ]
console.log('A<B>bold</B>and<CODE>coded</CODE>'.split(/<(\/)?([^<>]+)>/));
// expect: [
// expect:   'A',    undefined,
// expect:   'B',    'bold',
// expect:   '/',    'B',
// expect:   'and',  undefined,
// expect:   'CODE', 'coded',
// expect:   '/',    'CODE',
// expect:   ''
// expect: ]
console.log('😀😁'.split(/(?:)/u), 'a b'.split(/ /y), 'abc'.split(/b/, 0), 'abc'.split(/(b)/, 2), 'a-b'.split(/-/g));
// expect: [ '😀', '😁' ] [ 'a', 'b' ] [] [ 'a', 'b' ] [ 'a', 'b' ]
console.log('x1y22z'.match(/\d+/g), 'abc'.match(/z/g), 'abc'.match(/(b)(z)?/), 'aaa'.match(/a*?/g), 'abc'.match().index);
// expect: [ '1', '22' ] null [ 'b', 'b', undefined, index: 1, input: 'abc', groups: undefined ] [ '', '', '', '' ] 0
console.log('a.b'.match('.').index, 'a.b'.match('\\.').index, 'abc'.search(/c/), 'abc'.search('x'), 'abc'.search(/b/y));
// expect: 0 1 2 -1 -1
const sticky = /\w/gy;
console.log('ab cd'.match(sticky), sticky.lastIndex); // expect: [ 'a', 'b' ] 0
const searched = /b/g;
searched.lastIndex = 5;
console.log('abab'.search(searched), searched.lastIndex); // expect: 1 5
console.log([...'a1b2'.matchAll(/([a-z])(\d)/g)].map((m) => [m[0], m[1], m[2], m.index]));
// expect: [ [ 'a1', 'a', '1', 0 ], [ 'b2', 'b', '2', 2 ] ]
console.log([...'aXbx'.matchAll(/(?<c>x)/gi)].map((m) => m.groups.c), [...'test'.matchAll('t')].length, [...'ab'.matchAll(/(?:)/g)].length);
// expect: [ 'X', 'x' ] 2 3
const all = /o/g;
all.lastIndex = 2;
const iterator = 'foo boo'.matchAll(all);
all.lastIndex = 0;
console.log(iterator[Symbol.toStringTag], iterator.next().value.index, iterator.next().value.index, all.lastIndex);
// expect: RegExp String Iterator 2 5 0
console.log([...iterator].length, iterator.next(), typeof iterator[Symbol.iterator]);
// expect: 1 { value: undefined, done: true } function
try { 'a'.matchAll(/a/); } catch (e) { console.log(e.name); } // expect: TypeError
try { Object.getPrototypeOf('a'.matchAll(/a/g)).next.call({}); } catch (e) { console.log(e.name); } // expect: TypeError
for (const m of 'k1=v1;k2=v2'.matchAll(/(\w+)=(\w+)/g)) console.log(m[1], m[2]);
// expect: k1 v1
// expect: k2 v2
