// Freezing and sealing objects that share a shape, whatever was done to others of it.
"use strict";
const symbol = Symbol("s");
const make = (i) => ({a: i, get b() { return i; }, [symbol]: i});
const [plain, sealed, frozen, again, closed] = [1, 2, 3, 4, 5].map(make);
Object.seal(sealed);
Object.freeze(frozen);
Object.freeze(again);
Object.freeze(again);
Object.preventExtensions(closed);
const state = (object) => [Object.isExtensible(object), Object.isSealed(object), Object.isFrozen(object)].join();
console.log([plain, sealed, frozen, again, closed].map(state).join(" "));
const attempt = (work) => {
  try {
    return work();
  } catch (error) {
    return error.message;
  }
};
console.log(attempt(() => (sealed.a = 20)), attempt(() => (frozen.a = 30)), attempt(() => (plain.c = 1)));
console.log(attempt(() => (sealed.c = 1)), attempt(() => delete frozen.a), attempt(() => delete plain.a));
Object.freeze(sealed);
console.log(state(sealed), attempt(() => (sealed.a = 21)), sealed.a, state(Object.freeze(closed)));
console.log(Object.entries(Object.getOwnPropertyDescriptors(frozen)).map(([key, {writable, configurable}]) =>
  `${key} ${writable} ${configurable}`).join("; "));

class Hidden {
  #secret = 1;
  open = 2;
  bump() { return ++this.#secret; }
}
const hidden = Object.freeze(new Hidden());
console.log(state(hidden), hidden.bump(), state(new Hidden()), attempt(() => (hidden.open = 3)));
const list = Object.freeze([1, 2]);
console.log(state(list), attempt(() => list.push(3)), state(Object.freeze(function f() {})));
const indexed = Object.freeze({5: "five", a: 1});
console.log(state(indexed), attempt(() => (indexed[5] = 6)), attempt(() => (indexed[6] = 6)), state(Object.freeze({})));
const large = {};
for (let i = 0; i < 2000; i++) large[`k${i}`] = i;
Object.freeze(large);
console.log(state(large), attempt(() => (large.k7 = 0)), state(Object.freeze(Object.create({x: 1}, {y: {value: 1}}))));
const proto = Object.freeze({p: 1});
console.log(attempt(() => (Object.create(proto).p = 2)), Object.isFrozen("text"), Object.isSealed(1));
// expect: true,false,false false,true,false false,true,true false,true,true false,false,false
// expect: 20 Cannot assign to read only property 'a' of object '#<Object>' 1
// expect: Cannot add property c, object is not extensible Cannot delete property 'a' of #<Object> true
// expect: false,true,true Cannot assign to read only property 'a' of object '#<Object>' 20 false,true,true
// expect: a false false; b undefined false
// expect: false,true,true 2 true,false,false Cannot assign to read only property 'open' of object '#<Hidden>'
// expect: false,true,true Cannot add property 2, object is not extensible false,true,true
// expect: false,true,true Cannot assign to read only property '5' of object '#<Object>' Cannot add property 6, object is not extensible false,true,true
// expect: false,true,true Cannot assign to read only property 'k7' of object '#<Object>' false,true,true
// expect: Cannot assign to read only property 'p' of object '#<Object>' true true
