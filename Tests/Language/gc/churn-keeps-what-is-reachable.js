const kept = [];
for (let i = 0; i < 200000; i++) {
  const o = { i, s: 'item ' + i, list: [i, [i]] };
  if (i % 20000 === 0) kept.push(o);
}
console.log(kept.map((o) => o.list[1][0] + ':' + o.s).join(' '));
// expect: 0:item 0 20000:item 20000 40000:item 40000 60000:item 60000 80000:item 80000 100000:item 100000 120000:item 120000 140000:item 140000 160000:item 160000 180000:item 180000
