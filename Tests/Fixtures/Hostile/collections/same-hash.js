const m = new Map; for (let i = 0; ; i++) m.set(i * 2 ** 32, i);
