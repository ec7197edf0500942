const a = [1]; a.map(function f(x, i) { a.push(i); return a.map(f) });
