const [...rest] = {*[Symbol.iterator]() { for (;;) yield {} }};
