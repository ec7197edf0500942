const a = Array.from({length: 1e6}, () => Math.random()); for (;;) a.sort();
