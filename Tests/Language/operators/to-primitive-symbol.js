const o = {
  [Symbol.toPrimitive](hint) {
    return hint === 'number' ? 42 : hint === 'string' ? 'text' : 'default';
  },
};
console.log(+o, `${o}`, o + '', o + 1, o * 2, o == 'default', o < 50, [o] + '', o in { text: 1 }, { text: 'keyed' }[o], Math.abs(o), isNaN(o));
// expect: 42 text default default1 84 true true text true keyed 42 false
const bad = { [Symbol.toPrimitive]: () => ({}) };
try {
  bad + 1;
} catch (e) {
  console.log(e.name, e.message); // expect: TypeError Cannot convert object to primitive value
}
try {
  +{ [Symbol.toPrimitive]: 1 };
} catch (e) {
  console.log(e.name); // expect: TypeError
}
console.log({ [Symbol.toPrimitive]: undefined, valueOf: () => 3 } * 2, { [Symbol.toPrimitive]: null, toString: () => 'z' } + '');
// expect: 6 z
class Money { constructor(c) { this.c = c; } [Symbol.toPrimitive](h) { return h === 'string' ? `$${this.c}` : this.c; } }
console.log(new Money(5) + new Money(6), `${new Money(7)}`, new Money(1) < new Money(2)); // expect: 11 $7 true
