console.log('%s is %d years and %i', 'Ann', 42.5, 42.9); // expect: Ann is 42.5 years and 42
console.log('%s %s %s %s', 1, null, undefined, Symbol('q'), 'extra', { more: 1 });
// expect: 1 null undefined Symbol(q) extra { more: 1 }
console.log('%d %d %d %d %i %f %f', '42', 'x', {}, true, '7.9', '1.5x', null); // expect: 42 NaN NaN 1 7 1.5 NaN
console.log('%o | %O', { a: [1, { b: { c: {} } }] }, { a: [1, { b: { c: { d: 1 } } }] });
// expect: {
// expect:   a: [ 1, { b: { c: {} } }, [length]: 2 ]
// expect: } | { a: [ 1, { b: [Object] } ] }
console.log('%j %j', { a: [1], b: undefined }, 'text', '%s'); // expect: {"a":[1]} "text" %s
console.log('100%', 5, '%', '%%', '%s'); // expect: 100% 5 % %% %s
console.log('%% %s %%', 'x'); // expect: % x %
console.log('%s'); // expect: %s
console.log('%x %s', 1, 2); // expect: %x 1 2
console.log('%c styled %c', 'color: red', '', 'rest'); // expect:  styled  rest
console.log('%s %s', { a: { b: { c: 1 } } }, [1, [2, [3, [4]]]], -0, 'tail');
// expect: { a: [Object] } [ 1, [Array] ] -0 tail
console.log('%s %s %s %s', -0, () => 1, class A {}, 'tail'); // expect: -0 () => 1 class A {} tail
console.log('%s', new Error('m').message, 5, '%s', 'no format here'); // expect: m 5 %s no format here
console.log(5, '%s', 'not a format'); // expect: 5 %s not a format
console.log('%d', -0, '%i', 1.5); // expect: -0 %i 1.5
console.log('a%', '%', 'b%sc', 1); // expect: a% % b%sc 1
