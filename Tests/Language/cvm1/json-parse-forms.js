// @dialect cvm1
console.log(JSON.parse("[1, 2]").length)  // expect: 2
console.log(JSON.parse("null"))  // expect: null
console.log(JSON.parse('{"a": {"b": 3}}').a.b)  // expect: 3
console.log(JSON.parse("{'a': 1}"))  // expect: null
console.log(JSON.parse(Symbol()))  // expect: null
// With a reviver, which text that is none does not reach.
console.log(JSON.parse("[1, 2]", (key, value) => typeof value === "number" ? value * 2 : value).join())  // expect: 2,4
let calls = 0
console.log(JSON.parse("[1, 2", () => calls++), calls)  // expect: null 0
// However it is called.
const { parse } = JSON
console.log(parse("{"))  // expect: null
console.log(["1", "{", "[]"].map(JSON.parse).map(value => typeof value).join())  // expect: number,null,array
console.log(JSON.parse.call(null, "x"), JSON.parse.apply(null, ["x"]), JSON.parse.bind(null, "x")())  // expect: null null null
console.log(Reflect.apply(JSON.parse, null, ["{]"]))  // expect: null
console.log(JSON.parse({ toString: () => "[7" }), JSON.parse({ toString: () => "[7]" })[0])  // expect: null 7
const deep = "[".repeat(100000)
console.log(JSON.parse(deep))  // expect: null
