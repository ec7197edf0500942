// Objects that are only like arrays: what is not there is looked for where they inherit from.
console.log(Array.from({length: 3}), Array.from({length: 2, 1: "b"}, (value, i) => `${value}${i}`));
Object.prototype[1] = "inherited";
console.log(Array.from({length: 3}).join("|"), ({})[1], Array.from(Object.create(null, {length: {value: 2}})).join("|"));
delete Object.prototype[1];
const parent = {get 0() { return `got by ${this.name}`; }};
console.log(Array.from({__proto__: parent, name: "child", length: 1}), ({__proto__: parent, name: "x"})[0], ({})[0]);
class List extends Array {}
const list = List.from({length: 2}, (_, i) => i);
console.log(list instanceof List, list.length, List.from.call(Object, {length: 1, 0: "x"}));
const log = [];
function Recorder(...given) {
  log.push(given.join());
}
const made = Array.from.call(Recorder, {length: 2, 0: "a", 1: "b"});
console.log(made instanceof Recorder, made.length, made[1], log);
for (const length of [-1, NaN, "2", 1.9, null]) console.log(Array.from({length}).length);
try {
  Array.from({length: 2 ** 32}, () => { throw new Error("called"); });
} catch (error) {
  console.log(error.name);
}
try {
  Array.from({length: 5}, (_, i) => { if (i === 3) throw new Error(`at ${i}`); });
} catch (error) {
  console.log(error.message);
}
const shrinking = {length: 4, 0: 0, 1: 1, 2: 2, 3: 3};
console.log(Array.from(shrinking, (value) => { delete shrinking[3]; return value; }));
console.log("text"[9], (5)[0], new String("ab")[1], new String("ab")[2], (function () { return arguments[1]; })(1));
// expect: [ undefined, undefined, undefined ] [ 'undefined0', 'b1' ]
// expect: |inherited| inherited |
// expect: [ 'got by child' ] got by x undefined
// expect: true 2 [Number: 1] { '0': 'x', length: 1 }
// expect: true 2 b [ '2' ]
// expect: 0
// expect: 0
// expect: 2
// expect: 1
// expect: 0
// expect: RangeError
// expect: at 3
// expect: [ 0, 1, 2, undefined ]
// expect: undefined undefined b undefined undefined
