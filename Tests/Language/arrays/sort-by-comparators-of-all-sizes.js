// Runs that rise or fall, short and long ones, are put in order with any number of elements, and equals stay as they were.
let seed = 7;
const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
const shapes = {
  rising: (i) => i, falling: (i) => -i, few: () => random() % 5, any: () => random(), saw: (i) => i % 40,
  mixed: (i) => (i % 90 < 45 ? i : -i), fractions: () => random() / 3,
};
let comparisons = 0;
const faults = [];
for (const count of [2, 3, 31, 32, 33, 63, 64, 65, 127, 130, 257]) {
  for (const name in shapes) {
    const data = Array.from({ length: count }, (_, i) => ({ key: shapes[name](i), i }));
    const compare = (a, b) => { comparisons++; return a.key - b.key; };
    const copy = data.toSorted(compare);
    data.sort(compare);
    for (let i = 1; i < count; i++) {
      const [a, b] = [data[i - 1], data[i]];
      if (a.key > b.key || (a.key === b.key && a.i > b.i) || copy[i] !== b) faults.push(`${name} ${count}`);
    }
  }
}
console.log(faults.length, comparisons > 5000 && comparisons < 100000);
// expect: 0 true

// What a comparator does to the array is not seen by the sort, which stores what it took in the end.
const shrinking = [3, 2, 1];
console.log(shrinking.sort((a, b) => { shrinking.length = 1; return a - b; }).join());
// expect: 1,2,3
const growing = [3, 2, 1];
console.log(growing.sort((a, b) => { growing.push(9); return a - b; }).length > 3, growing.slice(0, 3).join());
// expect: true 1,2,3
const frozen = [3, 2, 1];
try { frozen.sort((a, b) => { Object.freeze(frozen); return a - b; }); } catch (e) { console.log(e.name, frozen.join()); }
// expect: TypeError 3,2,1
const inner = [[3, 1], [2, 5], [1, 4]];
console.log(inner.sort((a, b) => a.toSorted((x, y) => x - y)[0] - b.toSorted((x, y) => x - y)[0]).join(" "));
// expect: 3,1 1,4 2,5
console.log([5, undefined, 1, undefined].toSorted((a, b) => a - b), [, 2, , 1].toSorted((a, b) => a - b));
// expect: [ 1, 5, undefined, undefined ] [ 1, 2, undefined, undefined ]
