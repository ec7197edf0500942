// @dialect cvm1
console.log(typeof [])  // expect: array
console.log(typeof null)  // expect: null
console.log(typeof {})  // expect: object
console.log(typeof undefined, typeof 1, typeof "", typeof true, typeof (() => 1))  // expect: undefined number string boolean function
console.log(typeof 1n, typeof Symbol())  // expect: bigint symbol
console.log(typeof neverDeclared)  // expect: undefined
console.log(typeof new Map(), typeof [].entries())  // expect: object object
function kindOf(value) {
  switch (typeof value) {
    case "array":
      return "list of " + value.length
    case "null":
      return "nothing"
    default:
      return "other"
  }
}
console.log(kindOf([1, 2]), kindOf(null), kindOf({}))  // expect: list of 2 nothing other
class Stack extends Array {}
console.log(typeof new Stack())  // expect: array
console.log(typeof arguments === "undefined" ? "none" : "some")  // expect: none
console.log(typeof [] === "array" && typeof null == "null")  // expect: true
