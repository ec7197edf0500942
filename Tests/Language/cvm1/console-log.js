// @dialect cvm1
console.log([1, 2, 3])  // expect: [object Object]
console.log({ a: 1 })  // expect: [object Object]
console.log("list:", [1], { b: 2 }, 3)  // expect: list: [object Object] [object Object] 3
console.log([])  // expect: [object Object]
console.log(new Map(), new Date(0), /x/)  // expect: [object Object] [object Object] [object Object]
console.log(null, undefined, true, 1.5, "text", 10n, Symbol("s"))  // expect: null undefined true 1.5 text 10n Symbol(s)
console.log()  // expect:
console.log("a" + [1, 2] + ", " + { c: 3 })  // expect: a1,2, [object Object]
console.log(`${[1, 2]}`, String([3]), [4, 5].join("-"))  // expect: 1,2 3 4-5
console.log("%s and %d", "text", 4)  // expect: text and 4
const { log } = console
log([1])  // expect: [object Object]
;[[1], { a: 2 }].forEach(x => console.log(x))  // expect: [object Object]
// expect: [object Object]
console.info([1, 2])  // expect: [ 1, 2 ]
