function* g() { try { yield 1 } finally { for (;;) yield 2 } } for (;;) { const it = g(); it.next(); it.return() }
