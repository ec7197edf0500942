// A list of arguments needs no more than its own elements.
Array.prototype[0] = 'inherited';
class Pair { constructor(...list) { this.list = list; } }
console.log(Reflect.construct(Pair, [1, 2]).list.join(), Reflect.construct(Pair, [, 2]).list.join()); // expect: 1,2 inherited,2
delete Array.prototype[0];
console.log(Reflect.construct(Pair, []).list.length); // expect: 0
