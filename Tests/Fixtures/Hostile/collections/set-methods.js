const a = new Set(Array.from({length: 2e5}, (_, i) => i)); const l = []; for (;;) l.push(a.union(new Set([-l.length])));
