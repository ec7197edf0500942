console.log(JSON.stringify({ a: 1, b: 'x', c: null, d: undefined, e: () => 1, f: Symbol('s'), g: [undefined, () => 1, Symbol('s')], h: NaN, i: Infinity, j: -0, k: true, l: { m: {} } }));
// expect: {"a":1,"b":"x","c":null,"g":[null,null,null],"h":null,"i":null,"j":0,"k":true,"l":{"m":{}}}
console.log(JSON.stringify(undefined), JSON.stringify(() => 1), JSON.stringify(Symbol('s')), JSON.stringify(null), JSON.stringify('q"\\'), JSON.stringify([]), JSON.stringify({}), JSON.stringify([[], [[]]]), JSON.stringify(1e21), JSON.stringify(0.1), JSON.stringify([, 1]));
// expect: undefined undefined undefined null "q\"\\" [] {} [[],[[]]] 1e+21 0.1 [null,1]
console.log(JSON.stringify(new Number(3)), JSON.stringify(new String('s')), JSON.stringify(new Boolean(false)), JSON.stringify([new Number(1)]), JSON.stringify(new Map([[1, 2]])), JSON.stringify(new Set([1])), JSON.stringify(new Error('e')), JSON.stringify(Object.create({ inherited: 1 })), JSON.stringify({ 2: 'b', 1: 'a', z: 0 }));
// expect: 3 "s" false [1] {} {} {} {} {"1":"a","2":"b","z":0}
console.log(JSON.stringify('\u0000\u001f\u007f\ud800\udc00\ud800 é'), JSON.stringify({ 'key "quoted"\n': 1 }), JSON.stringify({ [Symbol('x')]: 1 }), JSON.stringify(Object('x')), JSON.stringify(class {}), JSON.stringify(Math));
// expect: "\u0000\u001f𐀀\ud800 é" {"key \"quoted\"\n":1} {} "x" undefined {}
