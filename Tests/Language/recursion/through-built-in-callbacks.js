const viaMap = (n) => (n === 0 ? 0 : [n].map((x) => viaMap(x - 1) + 1)[0]);
const viaReduce = (n) => (n === 0 ? 0 : [n].reduce((s, x) => s + viaReduce(x - 1) + 1, 0));
const viaSort = (n) => { let r = 0; [2, 1].sort(() => { if (r === 0) r = n === 0 ? 1 : viaSort(n - 1) + 1; return 0; }); return r; };
const viaGetter = (n) => ({ get x() { return n === 0 ? 0 : viaGetter(n - 1) + 1; } }).x;
const viaValueOf = (n) => +{ valueOf() { return n === 0 ? 0 : viaValueOf(n - 1) + 1; } };
const viaToString = (n) => `${{ toString() { return n === 0 ? '' : viaToString(n - 1).slice(0, 3) + 'x'; } }}`;
const viaIterator = (n) => [...{ [Symbol.iterator]() { let d = false; return { next() { if (d) return { done: true }; d = true; return { done: false, value: n === 0 ? 0 : viaIterator(n - 1)[0] + 1 }; } }; } }];
const viaNew = (n) => new (class { constructor() { this.d = n === 0 ? 0 : viaNew(n - 1).d + 1; } })();
const viaForEach = (n) => { let r = 0; if (n > 0) [1].forEach(() => { r = viaForEach(n - 1) + 1; }); return r; };
const viaReplace = (n) => Number('a'.replace('a', () => (n === 0 ? 0 : viaReplace(n - 1) + 1)));
const viaApply = (n) => (n === 0 ? 0 : viaApply.apply(null, [n - 1]) + 1);
const viaBind = (n) => (n === 0 ? 0 : viaBind.bind(null, n - 1)() + 1);
console.log(viaMap(5000), viaReduce(5000), viaSort(5000), viaGetter(5000), viaValueOf(5000), viaToString(5000), viaIterator(5000)[0], viaNew(5000).d);
// expect: 5000 5000 5001 5000 5000 xxxx 5000 5000
console.log(viaForEach(5000), viaReplace(5000), viaApply(5000), viaBind(5000)); // expect: 5000 5000 5000 5000
