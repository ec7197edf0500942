const held = []; function* g() { const big = new Array(100).fill(0); yield 1; yield big } for (;;) { const it = g(); it.next(); held.push(it) }
