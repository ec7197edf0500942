function f(v) {
  block: {
    if (v) break block;
    v = 1;
  }
  switch (v) {
    case 1: return 'one';
    default: v = 2;
    case 'x': v = 3; break;
    case -4: debugger;
  }
  a: b: do { continue a; } while (v);
  for (const k in v) { if (k) continue; else break; }
  return v;
}
