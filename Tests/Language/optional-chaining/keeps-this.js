const o = { v: 'kept', f() { return this?.v; }, get g() { return this.f; } };
console.log(o.f?.(), o?.f(), (o?.f)(), (o.f)?.(), o['f']?.(), o.g?.(), (0, o.f)?.(), o.f.call?.({ v: 'called' }));
// expect: kept kept kept kept kept kept undefined called
const nothing = null;
console.log(nothing?.f?.() ?? 'default', `${nothing?.f}`, typeof nothing?.f, [nothing?.f, 1], !nothing?.f);
// expect: default undefined undefined [ undefined, 1 ] true
