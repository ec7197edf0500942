const primes = (n) => { const s = Array(n + 1).fill(true); for (let i = 2; i * i <= n; i++) if (s[i]) for (let j = i * i; j <= n; j += i) s[j] = false; return s.flatMap((p, i) => (p && i > 1 ? [i] : [])); };
console.log(primes(50).join(' ')); // expect: 2 3 5 7 11 13 17 19 23 29 31 37 41 43 47
const queens = (n) => { let c = 0; const go = (r, cols, d1, d2) => { if (r === n) { c++; return; } for (let i = 0; i < n; i++) { if (cols & (1 << i) || d1 & (1 << (r + i)) || d2 & (1 << (r - i + n))) continue; go(r + 1, cols | (1 << i), d1 | (1 << (r + i)), d2 | (1 << (r - i + n))); } }; go(0, 0, 0, 0); return c; };
console.log(queens(6), queens(8)); // expect: 4 92
const tokens = (s) => { const out = []; let i = 0; while (i < s.length) { const c = s[i]; if (c === ' ') { i++; continue; } if (c >= '0' && c <= '9') { let j = i; while (j < s.length && s[j] >= '0' && s[j] <= '9') j++; out.push(Number(s.slice(i, j))); i = j; } else { out.push(c); i++; } } return out; };
const evaluate = (s) => { const t = tokens(s); let p = 0; const factor = () => { const x = t[p++]; if (x === '(') { const v = sum(); p++; return v; } return x === '-' ? -factor() : x; }; const term = () => { let v = factor(); while (t[p] === '*' || t[p] === '/') v = t[p++] === '*' ? v * factor() : v / factor(); return v; }; const sum = () => { let v = term(); while (t[p] === '+' || t[p] === '-') v = t[p++] === '+' ? v + term() : v - term(); return v; }; return sum(); };
console.log(evaluate('1 + 2 * (3 - -4) / 7 - 10')); // expect: -7
const life = (g) => g.map((r, y) => r.map((c, x) => { let n = 0; for (let dy = -1; dy < 2; dy++) for (let dx = -1; dx < 2; dx++) if (dx || dy) n += g[y + dy]?.[x + dx] ?? 0; return n === 3 || (c && n === 2) ? 1 : 0; }));
let g = [[0, 1, 0], [0, 1, 0], [0, 1, 0]];
console.log(life(g).map((r) => r.join('')).join('/'), life(life(g)).map((r) => r.join('')).join('/'));
// expect: 000/111/000 010/010/010
const compose = (...f) => (x) => f.reduceRight((v, g) => g(v), x), curry = (f) => function c(...a) { return a.length >= f.length ? f(...a) : (...b) => c(...a, ...b); };
console.log(compose((x) => x + 1, (x) => x * 2)(5), curry((a, b, c) => a + b + c)(1)(2)(3), curry((a, b) => a * b)(3, 4));
// expect: 11 6 12
