const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i; for (;;) Object.getOwnPropertyNames(o);
