const l = []; for (let i = 0; ; i++) { const o = {}; for (let b = 0; b < 20; b++) o['k' + (i >> b & 1 ? b : b + 20)] = 1; l.push(o) }
