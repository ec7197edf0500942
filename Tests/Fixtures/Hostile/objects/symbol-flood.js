const o = {}; for (let i = 0; ; i++) o[Symbol('s' + i)] = i;
