class Emitter {
  constructor() { this.handlers = new Map(); }
  on(name, f) { (this.handlers.get(name) ?? this.handlers.set(name, []).get(name)).push(f); return () => this.off(name, f); }
  off(name, f) { this.handlers.set(name, this.handlers.get(name).filter((g) => g !== f)); }
  emit(name, ...args) { for (const f of this.handlers.get(name) ?? []) f.apply(this, args); }
}
const e = new Emitter(), log = [];
const off = e.on('x', (v) => log.push('first ' + v));
e.on('x', function (v) { log.push(this === e, v); });
e.emit('x', 1);
off();
e.emit('x', 2);
e.emit('none');
console.log(log); // expect: [ 'first 1', true, 1, true, 2 ]
class Tree {
  constructor() { this.root = null; this.size = 0; }
  add(v) { let p = null, n = this.root; while (n) { if (n.v === v) return this; p = n; n = v < n.v ? n.l : n.r; } const made = { v, l: null, r: null }; if (!p) this.root = made; else if (v < p.v) p.l = made; else p.r = made; this.size++; return this; }
  [Symbol.iterator]() { const stack = []; let n = this.root; return { next() { while (n) { stack.push(n); n = n.l; } if (!stack.length) return { done: true, value: undefined }; const t = stack.pop(); n = t.r; return { done: false, value: t.v }; }, [Symbol.iterator]() { return this; } }; }
}
const t = new Tree();
for (const v of [5, 2, 8, 1, 9, 3, 5]) t.add(v);
console.log([...t], t.size, Math.max(...t), t.root);
// expect: [ 1, 2, 3, 5, 8, 9 ] 6 9 {
// expect:   v: 5,
// expect:   l: {
// expect:     v: 2,
// expect:     l: { v: 1, l: null, r: null },
// expect:     r: { v: 3, l: null, r: null }
// expect:   },
// expect:   r: { v: 8, l: null, r: { v: 9, l: null, r: null } }
// expect: }
