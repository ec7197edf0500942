class Tagged { get [Symbol.toStringTag]() { return 'Custom'; } }
console.log(Object.prototype.toString.call(new Tagged()), String(new Tagged()), `${Math}`, String(JSON), Object.prototype.toString.call(Symbol()), Object.prototype.toString.call(new Map()), Object.prototype.toString.call([].values()));
// expect: [object Custom] [object Custom] [object Math] [object JSON] [object Symbol] [object Map] [object Array Iterator]
console.log(Object.prototype.toString.call(null), Object.prototype.toString.call(undefined), Object.prototype.toString.call([]), Object.prototype.toString.call(() => {}), Object.prototype.toString.call(1), Object.prototype.toString.call(new Error()), Object.prototype.toString.call('s'), Object.prototype.toString.call(true));
// expect: [object Null] [object Undefined] [object Array] [object Function] [object Number] [object Error] [object String] [object Boolean]
const spreadable = { length: 2, 0: 'a', 1: 'b', [Symbol.isConcatSpreadable]: true };
console.log([1].concat(spreadable, [[2]])); // expect: [ 1, 'a', 'b', [ 2 ] ]
class MyArray extends Array { static get [Symbol.species]() { return Array; } }
console.log(new MyArray(1, 2, 3).map((x) => x).constructor === Array, new MyArray(1, 2).length, MyArray.from([1]).constructor === MyArray);
// expect: true 2 true
