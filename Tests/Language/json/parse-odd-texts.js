// Numbers, keys and strings at the edges of what is read quickly.
const texts = ['[0,-0,123456789,1234567890,999999999,-5,1e3,1.5,0.1e1,10,9007199254740993]', '{"0":1,"a":2,"01":3,"10":4,"":5}',
  '{"a":1,"a":2,"b":{"a":3}}', '{"k\\u0041":1,"é":2,"→":3}', '"\\u00e9\\n\\"x"', ' [ ] ', '{"constructor":1,"__proto__":2,"toString":3}',
  '["→",{"key":"v"}]', '123456789 ', '[1 , 2\n]'];
for (const text of texts) {
  const value = JSON.parse(text);
  console.log(JSON.stringify(value), Object.keys(value).join());
}
// expect: [0,0,123456789,1234567890,999999999,-5,1000,1.5,1,10,9007199254740992] 0,1,2,3,4,5,6,7,8,9,10
// expect: {"0":1,"10":4,"a":2,"01":3,"":5} 0,10,a,01,
// expect: {"a":2,"b":{"a":3}} a,b
// expect: {"kA":1,"é":2,"→":3} kA,é,→
// expect: "é\n\"x" 0,1,2,3
// expect: [] 
// expect: {"constructor":1,"__proto__":2,"toString":3} constructor,__proto__,toString
// expect: ["→",{"key":"v"}] 0,1
// expect: 123456789 
// expect: [1,2] 0,1
console.log(Object.is(JSON.parse("-0"), -0), Object.is(JSON.parse("0"), 0), JSON.parse("1E2"), JSON.parse("12E+1"));
// expect: true true 100 120
for (const text of ["01", "1.", "-", "1e", "+1", ".5", "00", "1a", '{"a" 1}', '{a:1}', '["\n"]', '{"a\n":1}', '{"a', '"\\x"', "[1,]", "1 2", '{"é"', "12345678901234567890x"]) {
  try { console.log(JSON.parse(text)); } catch (error) { console.log(error.name, error.message.includes("JSON")); }
}
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
// expect: SyntaxError true
const wide = {};
for (let i = 0; i < 600; i++) wide["key" + i] = i;
const copy = JSON.parse(JSON.stringify(wide));
console.log(Object.keys(copy).length, copy.key599, JSON.stringify(copy) === JSON.stringify(wide), Object.keys({ ...copy }).length);
// expect: 600 599 true 600
