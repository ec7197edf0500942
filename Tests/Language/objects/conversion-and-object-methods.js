console.log({} + '', String({ toString: () => 'mine' }), ({}).toString(), ({}).valueOf() !== null, ({}).toLocaleString(), Object(null), Object(1) instanceof Number, Object(undefined), new Object(5) + 1, new Object('s').length);
// expect: [object Object] mine [object Object] true [object Object] {} true {} 6 1
console.log({}.constructor === Object, ({ a: 1 }).hasOwnProperty('a'), Object.prototype.hasOwnProperty.call([1], 0), Object.hasOwn({ x: undefined }, 'x'), Object.getPrototypeOf(5) === Number.prototype, Object.getPrototypeOf('').constructor.name, Object.getPrototypeOf(Object.prototype));
// expect: true true true true true String null
try {
  Object.create(null) + '';
} catch (e) {
  console.log(e.name, e.message); // expect: TypeError Cannot convert object to primitive value
}
console.log(Object.keys(Object.create(null)), Object.getOwnPropertyNames(Object.create(null)), 'toString' in Object.create(null));
// expect: [] [] false
