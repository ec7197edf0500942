const quick = (a) => { if (a.length < 2) return a; const [p, ...r] = a; return [...quick(r.filter((x) => x < p)), p, ...quick(r.filter((x) => x >= p))]; };
const merge = (a) => { if (a.length < 2) return a; const m = a.length >> 1; const l = merge(a.slice(0, m)), r = merge(a.slice(m)), o = []; while (l.length && r.length) o.push(l[0] <= r[0] ? l.shift() : r.shift()); return [...o, ...l, ...r]; };
function heap(a) { const n = a.length; const sift = (i, e) => { for (let c; (c = 2 * i + 1) < e; i = c) { if (c + 1 < e && a[c] < a[c + 1]) c++; if (a[i] >= a[c]) return; [a[i], a[c]] = [a[c], a[i]]; } }; for (let i = n >> 1; i--;) sift(i, n); for (let e = n; --e > 0;) { [a[0], a[e]] = [a[e], a[0]]; sift(0, e); } return a; }
const input = Array.from({ length: 60 }, (_, i) => (i * 7919 + 13) % 101);
const expected = [...input].sort((a, b) => a - b).join();
console.log(quick(input).join() === expected, merge(input).join() === expected, heap([...input]).join() === expected);
// expect: true true true
