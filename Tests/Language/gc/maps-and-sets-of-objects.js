const m = new Map();
for (let i = 0; i < 30000; i++) {
  m.set({ i }, [i]);
  if (m.size > 100) m.delete(m.keys().next().value);
}
const s = new Set();
for (let i = 0; i < 30000; i++) { s.add('s' + i); if (i >= 50) s.delete('s' + (i - 50)); }
console.log(m.size, [...m][0], s.size, [...s][0]); // expect: 100 [ { i: 29900 }, [ 29900 ] ] 50 s29950
