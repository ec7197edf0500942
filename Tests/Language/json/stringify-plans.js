// Objects of the same shape are written alike; what one of them has on top is written too.
const plain = (a, b) => ({ a, b });
const withIndex = plain(1, 2);
withIndex[3] = "three";
withIndex[1] = "one";
const withSymbol = plain(3, 4);
withSymbol[Symbol("s")] = 5;
const hidden = plain(5, 6);
Object.defineProperty(hidden, "h", { value: 7, enumerable: false });
const getter = plain(7, 8);
Object.defineProperty(getter, "g", { get() { return this.a + 100; }, enumerable: true });
console.log(JSON.stringify([plain(1, 2), withIndex, withSymbol, hidden, getter, plain(undefined, () => 1)]));
// expect: [{"a":1,"b":2},{"1":"one","3":"three","a":1,"b":2},{"a":3,"b":4},{"a":5,"b":6},{"a":7,"b":8,"g":107},{}]

class Point {
  constructor(x) { this.x = x; }
}
console.log(JSON.stringify([new Point(1), new Point(2)]));
// expect: [{"x":1},{"x":2}]
Point.prototype.toJSON = function (key) { return "P" + this.x + "@" + key; };
console.log(JSON.stringify([new Point(1), { deep: new Point(2) }]));
// expect: ["P1@0",{"deep":"P2@deep"}]
delete Point.prototype.toJSON;
console.log(JSON.stringify([new Point(3)], null, "--"));
// expect: [
// expect: --{
// expect: ----"x": 3
// expect: --}
// expect: ]

console.log(JSON.stringify({ "ключ": "знач", "q\"": "\u0007\\\ud800", z: [NaN, -0, 1e21, -17, 0.5, null, true, undefined] }));
// expect: {"ключ":"знач","q\"":"\u0007\\\ud800","z":[null,0,1e+21,-17,0.5,null,true,null]}

// Circles near the root and far from it; the same object twice is none.
const twice = { v: 1 };
console.log(JSON.stringify({ l: twice, r: [twice, twice] }));
// expect: {"l":{"v":1},"r":[{"v":1},{"v":1}]}
for (const depth of [1, 15, 16, 17, 40]) {
  const root = {};
  let last = root;
  for (let i = 0; i < depth; i++) last = last.next = {};
  const open = JSON.stringify(root).length;
  last.next = root;
  try {
    JSON.stringify(root);
  } catch (error) {
    console.log(depth, open, error.name, error.message.split("\n")[0]);
  }
  last.next = [twice, twice];
  console.log(JSON.stringify(root).endsWith('[{"v":1},{"v":1}]' + "}".repeat(depth + 1)));
}
// expect: 1 11 TypeError Converting circular structure to JSON
// expect: true
// expect: 15 137 TypeError Converting circular structure to JSON
// expect: true
// expect: 16 146 TypeError Converting circular structure to JSON
// expect: true
// expect: 17 155 TypeError Converting circular structure to JSON
// expect: true
// expect: 40 362 TypeError Converting circular structure to JSON
// expect: true
