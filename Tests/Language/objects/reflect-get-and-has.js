const parent = { inherited: 1 };
const key = Symbol("key");
const object = { __proto__: parent, own: 2, [key]: 3, 7: "seven", get computed() { return this.own * 10; }, set only(value) {} };
console.log(Reflect.get(object, "own"), Reflect.get(object, "inherited"), Reflect.get(object, key), Reflect.get(object, 7));
// expect: 2 1 3 seven
console.log(Reflect.get(object, "7"), Reflect.get(object, "missing"), Reflect.get(object, "computed"), Reflect.get(object, "only"));
// expect: seven undefined 20 undefined
console.log(Reflect.get(object, "computed", { own: 5 }), Reflect.get(object, "own", {}), Reflect.get([4, 5], 1), Reflect.get([4, 5], "length"));
// expect: 50 2 5 2
console.log(Reflect.get(object, { toString: () => "own" }), Reflect.get(object), Reflect.get(() => 1, "length"));
// expect: 2 undefined 0
console.log(Reflect.has(object, "own"), Reflect.has(object, "inherited"), Reflect.has(object, key), Reflect.has(object, 8));
// expect: true true true false
console.log(Reflect.has(object, "only"), Reflect.has([1], 0), Reflect.has([1], 1), Reflect.has(object, { toString: () => "7" }), Reflect.has({ undefined: 1 }));
// expect: true true false true true
for (const attempt of [() => Reflect.get(1, "x"), () => Reflect.has("text", "length"), () => Reflect.get(object, { toString() { throw new Error("no key"); } })]) {
  try {
    attempt();
  } catch (error) {
    console.log(`${error.name}: ${error.message}`);
  }
}
// expect: TypeError: Reflect.get called on non-object
// expect: TypeError: Reflect.has called on non-object
// expect: Error: no key
