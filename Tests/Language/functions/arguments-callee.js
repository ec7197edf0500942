function f() {
  const d = Object.getOwnPropertyDescriptor(arguments, 'callee');
  console.log(d.get === d.set, d.enumerable, d.configurable, Object.isFrozen(d.get), d.get.name === '', d.get.length); // expect: true false false true true 0
  console.log(Reflect.ownKeys(arguments)); // expect: [ '0', 'length', 'callee', Symbol(Symbol.iterator) ]
  try {
    arguments.callee;
  } catch (e) {
    console.log(e.name + ': ' + e.message);
    // expect: TypeError: 'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the arguments objects for calls to them
  }
  try {
    arguments.callee = 1;
  } catch (e) {
    console.log(e.name); // expect: TypeError
  }
  return arguments;
}
console.log(f(1), JSON.stringify(f.length)); // expect: [Arguments] { '0': 1 } 0
// The thrower is one: a changed `Function.prototype.caller` does not change it.
const thrower = Object.getOwnPropertyDescriptor((function () { return arguments; })(), 'callee').get;
console.log(thrower === Object.getOwnPropertyDescriptor(Function.prototype, 'caller').get); // expect: true
Object.defineProperty(Function.prototype, 'caller', { get: () => 1, configurable: true });
console.log((() => {}).caller, Object.getOwnPropertyDescriptor((function () { return arguments; })(), 'callee').get === thrower); // expect: 1 true
