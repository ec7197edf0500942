const frozen = Object.freeze({ a: 1, nested: { b: 2 } }), sealed = Object.seal({ a: 1 }), fixed = Object.preventExtensions({ a: 1 });
const attempt = (name, f) => {
  try {
    f();
    console.log(name, 'worked');
  } catch (e) {
    console.log(name, e.name + ':', e.message);
  }
};
attempt('frozen write', () => { frozen.a = 2; });
// expect: frozen write TypeError: Cannot assign to read only property 'a' of object '#<Object>'
attempt('frozen add', () => { frozen.x = 2; });
// expect: frozen add TypeError: Cannot add property x, object is not extensible
attempt('frozen delete', () => delete frozen.a);
// expect: frozen delete TypeError: Cannot delete property 'a' of #<Object>
attempt('frozen nested', () => { frozen.nested.b = 3; }); // expect: frozen nested worked
attempt('sealed write', () => { sealed.a = 2; }); // expect: sealed write worked
attempt('sealed add', () => { sealed.x = 2; });
// expect: sealed add TypeError: Cannot add property x, object is not extensible
attempt('sealed delete', () => delete sealed.a);
// expect: sealed delete TypeError: Cannot delete property 'a' of #<Object>
attempt('fixed write', () => { fixed.a = 2; }); // expect: fixed write worked
attempt('fixed add', () => { fixed.x = 2; });
// expect: fixed add TypeError: Cannot add property x, object is not extensible
attempt('fixed delete', () => delete fixed.a); // expect: fixed delete worked
attempt('fixed index', () => { Object.preventExtensions([])[0] = 1; });
// expect: fixed index TypeError: Cannot add property 0, object is not extensible
console.log(Object.isFrozen(frozen), Object.isSealed(frozen), Object.isExtensible(frozen), Object.isFrozen(sealed), Object.isSealed(sealed), Object.isSealed(fixed), Object.isExtensible(fixed), Object.isFrozen(5), Object.isFrozen({}), Object.isFrozen(Object.preventExtensions({})), Object.freeze(7), frozen, sealed, fixed);
// expect: true true false false true true false true false true 7 { a: 1, nested: { b: 3 } } { a: 2 } {}
