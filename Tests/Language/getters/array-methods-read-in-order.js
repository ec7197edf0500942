const log = [];
const watched = (length, present = length) => {
  const o = { get length() { log.push('length'); return length; } };
  for (let i = 0; i < present; i++) Object.defineProperty(o, i, { get() { log.push(i); return i * 10; }, set(v) { log.push(`${i}=${v}`); }, enumerable: true, configurable: true });
  return o;
};
const P = Array.prototype;
const calls = { at: [-1], concat: [1], every: [() => true], filter: [(x) => x], find: [(x) => x === 10], findIndex: [() => false], findLast: [() => false], findLastIndex: [(x) => x === 10], flat: [], flatMap: [(x) => [x, x]], forEach: [() => {}], includes: [20], indexOf: [20], join: ['-'], lastIndexOf: [0], map: [(x) => x], reduce: [(s, x) => s + x], reduceRight: [(s, x) => s + x], slice: [1], some: [(x) => x === 10], toString: [], keys: [], toReversed: [], toSorted: [], with: [1, 'w'] };
for (const m in calls) {
  const r = P[m].apply(watched(3), calls[m]);
  console.log(m, JSON.stringify(r), log.splice(0).join(' '));
  // expect: at 20 length 2
  // expect: concat [{"0":0,"1":10,"2":20,"length":3},1] 0 1 2 length
  // expect: every true length 0 1 2
  // expect: filter [10,20] length 0 1 2
  // expect: find 10 length 0 1
  // expect: findIndex -1 length 0 1 2
  // expect: findLast undefined length 2 1 0
  // expect: findLastIndex 1 length 2 1
  // expect: flat [0,10,20] length 0 1 2
  // expect: flatMap [0,0,10,10,20,20] length 0 1 2
  // expect: forEach undefined length 0 1 2
  // expect: includes true length 0 1 2
  // expect: indexOf 2 length 0 1 2
  // expect: join "0-10-20" length 0 1 2
  // expect: lastIndexOf 0 length 2 1 0
  // expect: map [0,10,20] length 0 1 2
  // expect: reduce 30 length 0 1 2
  // expect: reduceRight 30 length 2 1 0
  // expect: slice [10,20] length 1 2
  // expect: some true length 0 1
  // expect: toString "[object Object]"
  // expect: keys {}
  // expect: toReversed [20,10,0] length 2 1 0
  // expect: toSorted [0,10,20] length 0 1 2
  // expect: with [0,"w",20] length 0 2
}
for (const m of ['reverse', 'fill', 'sort', 'copyWithin']) {
  try {
    P[m].call(watched(3), m === 'sort' ? undefined : 1);
    console.log(m, log.splice(0).join(' '));
    // expect: reverse length 0 2 0=20 2=0
    // expect: fill length 0=1 1=1 2=1
    // expect: sort length 0 1 2 0=0 1=10 2=20
    // expect: copyWithin length 1 2=10 0 1=0
  } catch (e) {
    console.log(m, e.name, log.splice(0).join(' '));
  }
}
