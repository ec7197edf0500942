const o = { z: 1, 10: 'ten', a: 2, 2: 'two', [Symbol('s')]: 's', '-1': 'neg', 1.5: 'frac', '007': 'str' };
o.last = 1;
o[0] = 'zero';
delete o.a;
o.a = 'again';
console.log(o);
// expect: {
// expect:   '0': 'zero',
// expect:   '2': 'two',
// expect:   '10': 'ten',
// expect:   z: 1,
// expect:   '-1': 'neg',
// expect:   '1.5': 'frac',
// expect:   '007': 'str',
// expect:   last: 1,
// expect:   a: 'again',
// expect:   [Symbol(s)]: 's'
// expect: }
console.log(Object.keys(o), JSON.stringify(o), Reflect === undefined);
// expect: [
// expect:   '0',   '2',    '10',
// expect:   'z',   '-1',   '1.5',
// expect:   '007', 'last', 'a'
// expect: ] {"0":"zero","2":"two","10":"ten","z":1,"-1":"neg","1.5":"frac","007":"str","last":1,"a":"again"} false
console.log(Object.entries({ b: 1, a: 2 }), Object.values({ 1: 'x', 0: 'y' }));
// expect: [ [ 'b', 1 ], [ 'a', 2 ] ] [ 'y', 'x' ]
const many = {};
for (let i = 0; i < 100; i++) many['k' + ((i * 37) % 100)] = i;
console.log(Object.keys(many).slice(0, 5), Object.keys(many).length, many.k74);
// expect: [ 'k0', 'k37', 'k74', 'k11', 'k48' ] 100 2
