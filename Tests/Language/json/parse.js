console.log(JSON.parse('{"a":[1,2,{"b":null}],"c":"x\\n\\u0041","d":true,"e":-1.5e2}'), JSON.parse(' [ ] '), JSON.parse('"\\ud83d\\ude00"'), JSON.parse('1E3'), JSON.parse('-0'), JSON.parse('{"a":1,"a":2}'), JSON.parse('{"__proto__":5}'), JSON.parse('\t\n\r 7'), JSON.parse('{"2":1,"1":2}'), JSON.parse(1), JSON.parse(null), JSON.parse('"\u2028"').length);
// expect: { a: [ 1, 2, { b: null } ], c: 'x\nA', d: true, e: -150 } [] 😀 1000 -0 { a: 2 } { ['__proto__']: 5 } 7 { '1': 2, '2': 1 } 1 null 1
const bad = ['', '{', '[1,]', '{"a":1,}', "{'a':1}", '01', '1.', '.5', '+1', 'undefined', 'NaN', '"\n"', '"\\x41"', '[1 2]', '{"a" 1}', '{a:1}', 'tru', '1 2', '"abc', '[', '\u00a01', '-', '1e', '"\\u12"', '{"a":1', '[1', 'nul', '// c\n1'];
console.log(bad.filter((t) => { try { JSON.parse(t); return true; } catch (e) { return e.name !== 'SyntaxError'; } }));
// expect: []
console.log(Object.getPrototypeOf(JSON.parse('{"__proto__":null}')) === Object.prototype, JSON.parse('[1,[2,[3]]]')[1][1][0]);
// expect: true 3
const text = '['.repeat(500) + ']'.repeat(500);
console.log(JSON.stringify(JSON.parse(text)) === text); // expect: true
