console.log(new Number(3), new String('abc'), new Boolean(false), [new Number(-0)], Object('x'), Object.assign(new String('ab'), { p: 1 }), Object.assign(new Number(1), { q: 2 }));
// expect: [Number: 3] [String: 'abc'] [Boolean: false] [ [Number: -0] ] [String: 'x'] [String: 'ab'] { p: 1 } [Number: 1] { q: 2 }
