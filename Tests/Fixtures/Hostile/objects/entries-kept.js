const o = {}; for (let i = 0; i < 50000; i++) o['k' + i] = i; const l = []; for (;;) l.push(Object.entries(o));
