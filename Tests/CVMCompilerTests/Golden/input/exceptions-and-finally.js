function f(a) {
  try {
    if (a) return g();
    a.b();
  } catch (e) {
    throw new Error(e);
  } finally {
    h();
  }
}
function loop(list) {
  outer: for (const x of list) {
    for (;;) {
      try {
        if (x) break outer;
        if (x.y) continue outer;
        continue;
      } finally {
        x.close();
      }
    }
  }
}
function swallow() { try { g(); } catch { } }
