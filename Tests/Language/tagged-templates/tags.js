function tag(strings, ...values) { return { strings, raw: strings.raw, values }; }
const r = tag`a${1}\n${'two'}\u{41}`;
console.log(r.strings, r.raw, r.values);
console.log(Object.isFrozen(r.strings), Object.isFrozen(r.raw), Array.isArray(r.strings), Object.keys(r.strings));
const site = (x) => ((s) => s)`one${x}`;
console.log(site(1) === site(2), site(1) === ((s) => s)`one${1}`);
console.log(tag`\unicode and ${0} \xerxes`.strings, tag`\unicode`.raw);
console.log(String.raw`C:\new\${1 + 1}\t`, String.raw`x${'y'}z`);
const o = { name: 'o', t(s) { return this.name + s[0]; }, get self() { return this; } };
console.log(o.t`!`, o['t']`?`, o.self.t`.`, (() => o)().t`,`);
const curry = (s) => (t) => (u) => s[0] + t[0] + u[0];
console.log(curry`a``b``c`);
class P { hi(s) { return 'parent ' + s; } }
class Q extends P { hi() { return super.hi`x`; } #t(s) { return s.raw[0]; } own() { return this.#t`\n`; } }
console.log(new Q().hi(), new Q().own());
console.log(`line
two` === 'line\ntwo', tag`a
b`.raw);
try { null`x`; } catch (e) { console.log(e.name); }
try { undefined?.[0]; (void 0)`x`; } catch (e) { console.log(e.name); }
const seen = [];
for (let i = 0; i < 3; i++) seen.push(((s) => s)`loop`);
console.log(seen[0] === seen[1] && seen[1] === seen[2]);
// expect: [ 'a', '\n', 'A' ] [ 'a', '\\n', '\\u{41}' ] [ 1, 'two' ]
// expect: true true true [ '0', '1', '2' ]
// expect: true false
// expect: [ undefined, undefined ] [ '\\unicode' ]
// expect: C:\new\${1 + 1}\t xyz
// expect: o! o? o. o,
// expect: abc
// expect: parent x \n
// expect: true [ 'a\nb' ]
// expect: TypeError
// expect: TypeError
// expect: true
