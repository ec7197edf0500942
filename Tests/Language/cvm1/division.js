// @dialect cvm1
function attempt(compute) {
  try {
    return compute()
  } catch (error) {
    return `${error.name}: ${error.message}`
  }
}
let zero = 0
console.log(attempt(() => 1 / 0))  // expect: Error: Division by zero
console.log(attempt(() => 1 / zero))  // expect: Error: Division by zero
console.log(attempt(() => 0 / 0))  // expect: Error: Division by zero
console.log(attempt(() => 1.5 / -0))  // expect: Error: Division by zero
console.log(attempt(() => 1 / "0"), attempt(() => 1 / ""))  // expect: Error: Division by zero Error: Division by zero
console.log(attempt(() => 1 / null), attempt(() => 1 / false), attempt(() => 1 / []))  // expect: Error: Division by zero Error: Division by zero Error: Division by zero
console.log(attempt(() => 1 / { valueOf: () => 0 }))  // expect: Error: Division by zero
console.log(attempt(() => 1n / 0n))  // expect: RangeError: Division by zero
console.log(attempt(() => { let x = 4; x /= 0; return x }))  // expect: Error: Division by zero
console.log(attempt(() => { const o = { x: 4 }; o.x /= zero; return o.x }))  // expect: Error: Division by zero
console.log(6 / 3, 7 / 2, -1 / 4, "8" / "2", 1 / 3)  // expect: 2 3.5 -0.25 4 0.3333333333333333
console.log(1 / undefined, 1 / Infinity, 1 / { valueOf: () => 4 }, 6n / 4n)  // expect: NaN 0 0.25 1n
// Nothing else that divides.
console.log(5 % 0, Math.trunc(5 / 2), 2 ** -1)  // expect: NaN 2 0.5
const order = []
const operand = (name, value) => ({ valueOf() { order.push(name); return value } })
console.log(attempt(() => operand("left", 1) / operand("right", 0)), order.join())  // expect: Error: Division by zero left,right
