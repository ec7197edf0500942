const o = {}; for (let i = 0; i < 300000; i++) o['k' + i] = i; for (;;) Object.keys(o);
