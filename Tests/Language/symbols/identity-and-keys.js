const a = Symbol('d'), b = Symbol('d');
const o = { [a]: 1, [b]: 2, plain: 3 };
console.log(a === b, o[a], o[b], Object.keys(o), JSON.stringify(o), Object.getOwnPropertySymbols(o).length, a in o, delete o[a], o[a], o);
// expect: false 1 2 [ 'plain' ] {"plain":3} 2 true true undefined { plain: 3, [Symbol(d)]: 2 }
console.log(a.toString(), a.description, Symbol().description, Symbol('').description === '', String(b), typeof a, Symbol.for('k') === Symbol.for('k'), Symbol.keyFor(Symbol.for('k')), Symbol.keyFor(a));
// expect: Symbol(d) d undefined true Symbol(d) symbol true k undefined
console.log(Object(a) == a, Object(a) === a, typeof Object(a), Symbol.iterator.toString(), a.constructor === Symbol, Object.getOwnPropertyNames({ [a]: 1 }));
// expect: true false object Symbol(Symbol.iterator) true []
for (const f of [() => new Symbol(), () => a + '', () => +a, () => `${a}`, () => a.x = 1]) {
  try {
    f();
    console.log('no error');
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError Symbol is not a constructor
    // expect: TypeError Cannot convert a Symbol value to a string
    // expect: TypeError Cannot convert a Symbol value to a number
    // expect: TypeError Cannot convert a Symbol value to a string
    // expect: TypeError Cannot create property 'x' on symbol 'Symbol(d)'
  }
}
console.log(a ? 'truthy' : 'falsy', !a, [a].indexOf(a), new Set([a, a, b]).size, Object.assign({}, { [a]: 'copied' })[a]);
// expect: truthy false 0 2 copied
