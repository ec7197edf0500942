class A { #x = 1; f(o) { return o.#y; } }
// expect syntax error: 1:35 `#y` is not declared
