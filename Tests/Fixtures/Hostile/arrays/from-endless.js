Array.from({*[Symbol.iterator]() { for (;;) yield 1 }});
