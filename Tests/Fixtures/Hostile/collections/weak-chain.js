const w = new WeakMap; let k = {}; for (let i = 0; i < 3e5; i++) { const n = {}; w.set(k, n); k = n } k = {}; for (;;) ({});
