const f = () => { try { return 'try'; } finally { return 'finally'; } };
const g = () => { try { throw 'lost'; } finally { return 'swallowed'; } };
const h = () => { try { throw 1; } catch { return 'catch'; } finally { console.log('runs before returning'); } };
const k = () => { for (;;) { try { return 'overridden by break'; } finally { break; } } return 'after loop'; };
const l = () => { let i = 0; for (; i < 3; i++) { try { continue; } finally { if (i === 1) return 'at ' + i; } } };
const m = () => { try { try { throw 'inner'; } finally { throw 'outer'; } } catch (e) { return e; } };
console.log(f(), g(), h(), k(), l(), m());
// expect: runs before returning
// expect: finally swallowed catch after loop at 1 outer
const n = () => { let x = 1; try { return x; } finally { x = 2; } };
console.log(n()); // expect: 1
const p = () => { let x = { v: 1 }; try { return x; } finally { x.v = 2; } };
console.log(p()); // expect: { v: 2 }
