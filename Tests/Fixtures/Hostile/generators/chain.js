function* g(it) { for (const x of it) yield x } let it = [1][Symbol.iterator](); for (let i = 0; i < 1e5; i++) it = g(it); [...it];
