function* g(it) { yield* it } let it = [1, 2, 3].values(); for (let i = 0; i < 1e5; i++) it = g(it); [...it];
