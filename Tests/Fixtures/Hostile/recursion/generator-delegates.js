function* g() { yield* g() } [...g()];
