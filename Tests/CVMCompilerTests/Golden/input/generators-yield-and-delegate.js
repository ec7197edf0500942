function* g(a, b = 1) {
  for (const x of a) {
    try { yield x + b; } finally { b = 0; }
  }
  return yield* a;
}
