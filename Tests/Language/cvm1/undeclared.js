// @dialect cvm1
console.log(missing)  // expect: undefined
console.log(missing === undefined, missing ?? "default")  // expect: true default
function inside() {
  if (missing) return "there"
  return () => alsoMissing
}
console.log(inside()())  // expect: undefined
console.log(`${missing}`, [missing].length, { missing }.missing)  // expect: undefined 1 undefined
console.log(missing?.x, missing || 3)  // expect: undefined 3
try {
  missing.x
} catch (e) {
  console.log(e.message)  // expect: Cannot read properties of undefined (reading 'x')
}
try {
  missing()
} catch (e) {
  console.log(e.message)  // expect: missing is not a function
}
try {
  missing = 1
} catch (e) {
  console.log(e.name)  // expect: ReferenceError
}
