const make = (i) => ({ v: i, toString() { return `<${this.v}${[1, 2].map((x) => x + i).join('')}>`; } });
let out = '';
for (let i = 0; i < 2000; i++) {
  out = `${make(i)}${[make(i + 1), { ...make(i + 2) }.v, [...[make(i + 3)]][0]].join('|')}`.slice(0, 60);
}
console.log(out); // expect: <199920002001><200020012002>|2001|<200220032004>
const r = Array.from({ length: 3000 }, (_, i) => ({ k: String(i).padStart(5, '0') })).sort((a, b) => (a.k < b.k ? 1 : -1)).map((o) => o.k).filter((k) => k.endsWith('00'));
console.log(r.length, r[0], r.at(-1)); // expect: 30 02900 00000
