const a = Array.from({length: 2e5}, (_, i) => i); for (;;) { a.splice(0, 1); a.push(1) }
