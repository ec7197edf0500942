let o = {}; for (let i = 0; i < 40; i++) o = {a: o, b: o}; const l = []; for (;;) l.push(structuredClone(o));
