// A reviver is called for children first, in the order of keys, and sees what earlier calls did.
const calls = [];
const result = JSON.parse('{"b":[1,{"x":null},[]],"2":true,"1":"s"}', function (key, value) {
  calls.push(`${key}:${Array.isArray(this) ? "array" : typeof this}`);
  return typeof value === "number" ? value * 2 : value;
});
console.log(calls.join(" "), JSON.stringify(result));
// expect: 1:object 2:object 0:array x:object 1:array 2:array b:object :object {"1":"s","2":true,"b":[2,{"x":null},[]]}
console.log(JSON.stringify(JSON.parse("[1,2,3]", function (key, value) {
  if (key === "0") this.length = 2;
  return Array.isArray(value) ? value : `${key}=${value}`;
})));
// expect: ["0=1","1=2","2=undefined"]
console.log(JSON.stringify(JSON.parse('{"a":1,"b":2,"c":3}', function (key, value) {
  if (key === "a") { delete this.b; this.c = { d: 4 }; this.e = 5; }
  return key === "d" ? undefined : value;
})), JSON.parse("5", (key, value) => value + key.length));
// expect: {"a":1,"c":{},"e":5} 5
const frozen = JSON.parse('{"a":1,"b":2}', function (key, value) { if (key === "a") Object.freeze(this); return key ? 9 : value; });
console.log(JSON.stringify(frozen));
// expect: {"a":1,"b":2}
let depth = 0;
JSON.parse("[".repeat(500) + "]".repeat(500), (key, value) => { depth++; return value; });
console.log(depth);
// expect: 500
