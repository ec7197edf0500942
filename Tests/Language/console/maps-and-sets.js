console.log(new Map(), new Set(), new Map([['a', 1], [{ k: 1 }, [2]]]), new Set([1, 'two', { three: 3 }, [4]]));
// expect: Map(0) {} Set(0) {} Map(2) { 'a' => 1, { k: 1 } => [ 2 ] } Set(4) { 1, 'two', { three: 3 }, [ 4 ] }
console.log([new Map([[1, new Map([[2, new Map([[3, 4]])]])]])], { s: new Set([new Set([new Set([1])])]) });
// expect: [ Map(1) { 1 => Map(1) { 2 => [Map] } } ] { s: Set(1) { Set(1) { [Set] } } }
const m = new Map([['key', 'value']]);
m.extra = 1;
console.log(m, new Map([[new Map(), new Set()]]));
// expect: Map(1) { 'key' => 'value', extra: 1 } Map(1) { Map(0) {} => Set(0) {} }
console.log(new Map([['a long key number one', 'a long value number one'], ['a long key number two', 'a long value number two']]));
// expect: Map(2) {
// expect:   'a long key number one' => 'a long value number one',
// expect:   'a long key number two' => 'a long value number two'
// expect: }
console.log(new Set(Array.from({ length: 10 }, (_, i) => 'element ' + i)));
// expect: Set(10) {
// expect:   'element 0',
// expect:   'element 1',
// expect:   'element 2',
// expect:   'element 3',
// expect:   'element 4',
// expect:   'element 5',
// expect:   'element 6',
// expect:   'element 7',
// expect:   'element 8',
// expect:   'element 9'
// expect: }
console.log(new Set([1, 2, 3, 4, 5, 6, 7, 8]), new Map([[1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [6, 6], [7, 7], [8, 8]]));
// expect: Set(8) { 1, 2, 3, 4, 5, 6, 7, 8 } Map(8) {
// expect:   1 => 1,
// expect:   2 => 2,
// expect:   3 => 3,
// expect:   4 => 4,
// expect:   5 => 5,
// expect:   6 => 6,
// expect:   7 => 7,
// expect:   8 => 8
// expect: }
