const p = { inherited: 'yes' };
const o = { __proto__: p, own: 1 };
console.log(o.inherited, Object.keys(o), Object.getPrototypeOf(o) === p, { __proto__: null } instanceof Object, { '__proto__': p }.inherited, { ['__proto__']: 5 }, Object.keys({ ['__proto__']: 5 }));
// expect: yes [ 'own' ] true false yes { ['__proto__']: 5 } [ '__proto__' ]
console.log(o.__proto__ === p, (o.__proto__ = { inherited: 'now this' }, o.inherited), { __proto__: 5 }.toString === Object.prototype.toString);
// expect: true now this true
for (const f of [() => { o.__proto__.__proto__ = o; }, () => Object.setPrototypeOf({}, 5), () => Object.setPrototypeOf(Object.freeze({}), {}), () => Object.create(5)]) {
  try {
    f();
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError Cyclic __proto__ value
    // expect: TypeError Object prototype may only be an Object or null: 5
    // expect: TypeError #<Object> is not extensible
    // expect: TypeError Object prototype may only be an Object or null: 5
  }
}
const __proto__ = p;
console.log({ __proto__ }.inherited === undefined, Object.setPrototypeOf([1], null) instanceof Array);
// expect: true false
