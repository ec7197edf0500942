class Account { constructor() { this.owner = { name: 'Ann', tags: new Set(['a', 'b']) }; this.history = [{ at: 1, amount: -5.5 }, { at: 2, amount: 7 }]; this.limits = new Map([['day', 100], ['week', { soft: 300, hard: 500 }]]); this.parent = null; this.cb = function onChange() {}; this[Symbol('id')] = 7; } }
const acc = new Account();
acc.parent = acc;
console.log(acc);
// expect: <ref *1> Account {
// expect:   owner: { name: 'Ann', tags: Set(2) { 'a', 'b' } },
// expect:   history: [ { at: 1, amount: -5.5 }, { at: 2, amount: 7 } ],
// expect:   limits: Map(2) { 'day' => 100, 'week' => { soft: 300, hard: 500 } },
// expect:   parent: [Circular *1],
// expect:   cb: [Function: onChange],
// expect:   [Symbol(id)]: 7
// expect: }
console.log([acc.owner, acc.history], { acc: [acc] });
// expect: [
// expect:   { name: 'Ann', tags: Set(2) { 'a', 'b' } },
// expect:   [ { at: 1, amount: -5.5 }, { at: 2, amount: 7 } ]
// expect: ] {
// expect:   acc: [
// expect:     <ref *1> Account {
// expect:       owner: [Object],
// expect:       history: [Array],
// expect:       limits: [Map],
// expect:       parent: [Circular *1],
// expect:       cb: [Function: onChange],
// expect:       [Symbol(id)]: 7
// expect:     }
// expect:   ]
// expect: }
console.log({ a: [[]], b: [{}], c: [[[]]], d: { e: {} }, f: [undefined, null, NaN, -0], g: () => {}, h: class Q {}, i: Symbol.iterator, j: new Map(), k: new Set([[]]), l: 'multi\nline', m: [, 'hole'], n: Object.create(null), o: new (class Foo { constructor() { this.z = 1; } })() });
// expect: {
// expect:   a: [ [] ],
// expect:   b: [ {} ],
// expect:   c: [ [ [] ] ],
// expect:   d: { e: {} },
// expect:   f: [ undefined, null, NaN, -0 ],
// expect:   g: [Function: g],
// expect:   h: [class Q],
// expect:   i: Symbol(Symbol.iterator),
// expect:   j: Map(0) {},
// expect:   k: Set(1) { [] },
// expect:   l: 'multi\nline',
// expect:   m: [ <1 empty item>, 'hole' ],
// expect:   n: [Object: null prototype] {},
// expect:   o: Foo { z: 1 }
// expect: }
