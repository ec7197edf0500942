const a = [1, 2, 3, 4]; Object.defineProperty(a, 1, {get() { a.length = 0; return 1 }}); for (;;) { a.length = 4; a.slice(); a.concat(a); a.includes(9) }
