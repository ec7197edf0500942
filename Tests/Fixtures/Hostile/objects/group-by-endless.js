Object.groupBy({*[Symbol.iterator]() { let i = 0; for (;;) yield i++ }}, x => 'k' + x);
