let it = {next: () => ({value: 1, done: false}), __proto__: Iterator.prototype}; for (let i = 0; i < 1e5; i++) it = it.map(x => x); it.next();
