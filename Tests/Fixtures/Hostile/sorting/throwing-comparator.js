const a = Array.from({length: 1e5}, (_, i) => -i); let n = 0; for (;;) try { a.sort((x, y) => { if (++n % 1000 == 0) throw n; return x - y }) } catch {}
