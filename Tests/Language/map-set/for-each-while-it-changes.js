// forEach gives the values as they are when their turn comes, and goes on with what was added meanwhile.
const map = new Map([["a", 1], ["b", 2], ["c", 3]]);
const seen = [];
map.forEach((value, key, same) => {
  seen.push(`${key}=${value}`, same === map);
  if (key === "a") {
    map.delete("b");
    map.set("c", 30);
    map.set("d", 4);
  }
});
console.log(seen.join(" "));

// Values that look like parts of the walk are only values.
const next = Object.getPrototypeOf(new Map().entries()).next;
const odd = new Map([[1, next], [2, undefined], [3, new Map().keys()], [4, next]]);
const kinds = [];
odd.forEach((value, key) => kinds.push(key, value === next ? "next" : typeof value));
console.log(kinds.join(" "));

// One inside of another, and one that is left by an exception.
const sums = [];
map.forEach((outer, key) => map.forEach((inner) => sums.push(key + outer * inner)));
console.log(sums.join(" "));
try {
  map.forEach((value) => {
    if (value === 30) throw new Error(`at ${value}`);
  });
} catch (error) {
  console.log(error.message);
}
const copy = structuredClone(new Map([["k", {deep: new Map([[1, [2]]])}]]));
copy.forEach((value, key) => console.log(key, value));
const set = new Set([1, 2]);
const members = [];
set.forEach((value, same) => {
  members.push(value === same);
  if (set.size < 5) set.add(set.size + 1);
});
console.log(members.length, [...set].join());
map.forEach(function () { "use strict"; this.count++; }, (globalThis.counter = {count: 0}));
console.log(globalThis.counter.count);
// expect: a=1 true c=30 true d=4 true
// expect: 1 next 2 undefined 3 object 4 next
// expect: a1 a30 a4 c30 c900 c120 d4 d120 d16
// expect: at 30
// expect: k { deep: Map(1) { 1 => [ 2 ] } }
// expect: 5 1,2,3,4,5
// expect: 3
