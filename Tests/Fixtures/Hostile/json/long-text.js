const l = []; const t = JSON.stringify(Array.from({length: 1e5}, (_, i) => ({i}))); for (;;) l.push(JSON.parse(t));
