(function () { console.log(arguments, [arguments]); })(1, 'two', { three: 3 });
// expect: [Arguments] { '0': 1, '1': 'two', '2': { three: 3 } } [ [Arguments] { '0': 1, '1': 'two', '2': { three: 3 } } ]
(function () { console.log(arguments); })(); // expect: [Arguments] {}
console.log({ length: 2, 0: 'a', 1: 'b' }, Math, JSON, [Math]);
// expect: { '0': 'a', '1': 'b', length: 2 } Object [Math] {} Object [JSON] {} [ Object [Math] {} ]
