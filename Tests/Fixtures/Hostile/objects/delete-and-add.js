const o = {}; for (let i = 0; ; i++) { o[i % 1000] = i; delete o[(i * 7) % 1000]; o['x' + i % 50000] = 1 }
