// What a replacer sees and what comes of it, at every level.
const calls = [];
const value = {
  a: [1, "x", null, undefined, {b: 2.5, 'q"': "y\n"}], d: new Number(5), e: Object("s"), f() {}, g: [], h: {},
  t: {toJSON(key) { return `${key}!`; }}, u: undefined, z: Object(true),
};
const text = JSON.stringify(value, function (key, item) {
  calls.push(`${Array.isArray(this) ? "[]" : "{}"}${typeof key}:${key}`);
  return item;
});
console.log(text);
console.log(calls.join(" "));
console.log(JSON.stringify(value, (key, item) => item, 2));
console.log(JSON.stringify(value, ["a", "b", "d", "0"], "--"));
console.log(JSON.stringify({k: 1}, (key, item) => (key === "" ? [item, item.k] : item)));
console.log(JSON.stringify("x", (key, item) => (key === "" ? {item} : `${key}${item}`)));
for (const item of [undefined, Symbol("s"), () => 0]) console.log(JSON.stringify(1, () => item));
console.log(JSON.stringify(Object("s"), (key, item) => item), JSON.stringify([Object(Symbol("s"))], (key, item) => item));
console.log(JSON.stringify([1n], (key, item) => (typeof item === "bigint" ? String(item) : item)));
try {
  JSON.stringify([[1n]], (key, item) => item);
} catch (error) {
  console.log(error.name, error.message);
}
try {
  const circle = {x: {}};
  circle.x.y = [circle];
  JSON.stringify(circle, (key, item) => item);
} catch (error) {
  console.log(error.message);
}
// Numbers and texts of all kinds, and a result that is long.
const many = [0, -0, 1e21, -1e-7, 2 ** 31, -2147483648, NaN, -Infinity, "\u00e9", "\u20ac", "\ud800", "\u0001", "\\", ""];
console.log(JSON.stringify(many, (key, item) => item));
const rows = Array.from({length: 300}, (_, i) => ({id: i, name: `row ${i}`, tags: [i % 3, "\u20ac".repeat(i % 2)]}));
const long = JSON.stringify(rows, (key, item) => item);
console.log(long === JSON.stringify(rows), long.length);
console.log(JSON.stringify(rows, (key, item) => item, "\t") === JSON.stringify(rows, null, "\t"));
// expect: {"a":[1,"x",null,null,{"b":2.5,"q\"":"y\n"}],"d":5,"e":"s","g":[],"h":{},"t":"t!","z":true}
// expect: {}string: {}string:a []string:0 []string:1 []string:2 []string:3 []string:4 {}string:b {}string:q" {}string:d {}string:e {}string:f {}string:g {}string:h {}string:t {}string:u {}string:z
// expect: {
// expect:   "a": [
// expect:     1,
// expect:     "x",
// expect:     null,
// expect:     null,
// expect:     {
// expect:       "b": 2.5,
// expect:       "q\"": "y\n"
// expect:     }
// expect:   ],
// expect:   "d": 5,
// expect:   "e": "s",
// expect:   "g": [],
// expect:   "h": {},
// expect:   "t": "t!",
// expect:   "z": true
// expect: }
// expect: {
// expect: --"a": [
// expect: ----1,
// expect: ----"x",
// expect: ----null,
// expect: ----null,
// expect: ----{
// expect: ------"b": 2.5
// expect: ----}
// expect: --],
// expect: --"d": 5
// expect: }
// expect: [{"k":1},1]
// expect: {"item":"itemx"}
// expect: undefined
// expect: undefined
// expect: undefined
// expect: "s" [{}]
// expect: ["1"]
// expect: TypeError Do not know how to serialize a BigInt
// expect: Converting circular structure to JSON
// expect:     --> starting at object with constructor 'Object'
// expect:     |     property 'x' -> object with constructor 'Object'
// expect:     |     property 'y' -> object with constructor 'Array'
// expect:     --- index 0 closes the circle
// expect: [0,0,1e+21,-1e-7,2147483648,-2147483648,null,null,"é","€","\ud800","\u0001","\\",""]
// expect: true 12531
// expect: true
