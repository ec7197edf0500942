const a = Array.from({length: 1e4}, (_, i) => i); for (;;) a.sort(() => ({valueOf: () => Math.random() > 0.5 ? NaN : -1}));
