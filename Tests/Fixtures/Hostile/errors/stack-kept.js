const l = []; function f(n) { if (n) f(n - 1); else l.push(new Error('deep')) } for (;;) f(100);
