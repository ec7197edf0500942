const o = {
  name: 'o',
  method() { return this === undefined ? undefined : this.name; },
  arrow: null,
  nested() { return (() => this.name)(); },
};
console.log(o.method(), (0, o.method)(), (o.method)(), o['method'](), o?.method()); // expect: o undefined o o o
const { method } = o;
console.log(method()); // expect: undefined
console.log(o.nested()); // expect: o
console.log(method.call({ name: 'c' }), method.apply({ name: 'a' }), method.bind({ name: 'b' })()); // expect: c a b
function self() { return this; }
console.log(self(), self.call(1), self.call('s') === 's', self.call(null), typeof self.call(true));
// expect: undefined 1 true null boolean
console.log([1].map(function () { return this; }, 'thisArg')); // expect: [ 'thisArg' ]
