console.log({ [Symbol('a')]: 1, [Symbol()]: 2, [Symbol.iterator]: 3, b: { [Symbol('nested')]: [] }, [Symbol('with space')]: 4 });
// expect: {
// expect:   b: { [Symbol(nested)]: [] },
// expect:   [Symbol(a)]: 1,
// expect:   [Symbol()]: 2,
// expect:   [Symbol(Symbol.iterator)]: 3,
// expect:   [Symbol(with space)]: 4
// expect: }
console.log([Symbol('in array')], Object(Symbol('boxed')), Symbol.for('registered'));
// expect: [ Symbol(in array) ] [Symbol: Symbol(boxed)] Symbol(registered)
