class A { f() { return new Error('x') } } Object.defineProperty(A, 'name', {value: 'n'.repeat(1e7)}); const a = new A, l = []; for (;;) l.push(a.f());
