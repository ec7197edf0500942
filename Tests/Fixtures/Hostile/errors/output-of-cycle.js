const a = []; a.push(a, {a}); for (let i = 0; i < 1e5; i++) a.push({i, a}); for (;;) console.log(a);
