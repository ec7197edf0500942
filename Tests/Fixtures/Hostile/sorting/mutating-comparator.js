const a = Array.from({length: 1e4}, (_, i) => i); for (;;) { a.sort((x, y) => { a.length = 0; a.push(1, 2, 3); return y - x }); for (let i = 0; i < 1e4; i++) a[i] = i }
