console.log(Object.fromEntries([["a", 1], ["b", 2, "more"], ["a", 3]]), Object.fromEntries([[1, "one"], [Symbol.iterator, 2], [null, 3], [-0, 4]]));
// expect: { a: 3, b: 2 } { '0': 4, '1': 'one', null: 3, [Symbol(Symbol.iterator)]: 2 }
console.log(Object.fromEntries([["a"], [, 2], [], { 0: "key", 1: "value" }]), Object.fromEntries(new Map([["k", "v"]])));
// expect: { a: undefined, undefined: undefined, key: 'value' } { k: 'v' }
const order = [];
const entry = { get 0() { order.push("key"); return { toString() { order.push("text"); return "name"; } }; }, get 1() { order.push("value"); return 5; } };
console.log(Object.fromEntries([entry]), order.join(" "));
// expect: { name: 5 } key value text
console.log(Object.fromEntries([["__proto__", 1]]));
// expect: { ['__proto__']: 1 }
for (const list of [["text"], [1], [undefined]]) {
  try {
    Object.fromEntries(list);
  } catch (error) {
    console.log(`${error.name}: ${error.message}`);
  }
}
// expect: TypeError: Iterator value text is not an entry object
// expect: TypeError: Iterator value 1 is not an entry object
// expect: TypeError: Iterator value undefined is not an entry object
