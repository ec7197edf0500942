// What a comparator answers is converted to a number; NaN counts as 0, and the order of equals stays.
const data = Array.from({ length: 100 }, (_, i) => ({ key: i * 7 % 10, i }));
const order = (compare) => data.slice().sort(compare).map((e) => e.key * 1000 + e.i);
const sorted = order((a, b) => a.key - b.key);
console.log(sorted.slice(0, 4).join(" "), sorted.slice(-2).join(" "));
// expect: 0 10 20 30 9087 9097
const same = (compare) => order(compare).join() === sorted.join();
console.log(same((a, b) => String(a.key - b.key)), same((a, b) => ({ valueOf: () => a.key - b.key })));
// expect: true true
console.log(same((a, b) => (a.key < b.key ? -Infinity : a.key > b.key ? 0.5 : undefined)));
// expect: true
console.log(order(() => NaN).join() === data.map((e) => e.key * 1000 + e.i).join(), order(() => undefined)[5]);
// expect: true 5005
console.log(data.slice().sort((a, b) => b.key - a.key).map((e) => e.i).slice(0, 3).join());
// expect: 7,17,27
try { [1, 2].sort(() => 1n); } catch (error) { console.log(error.name); }
// expect: TypeError
console.log([3, undefined, 1, , 2].sort((a, b) => b - a), ["b", "é", "a", "Z", "→"].sort().join(""));
// expect: [ 3, 2, 1, undefined, <1 empty item> ] Zabé→
