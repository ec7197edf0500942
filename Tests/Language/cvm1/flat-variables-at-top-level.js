// @dialect cvm1
if (true) {
  let inBlock = 1
  const alsoInBlock = 2
}
console.log(inBlock + alsoInBlock)  // expect: 3
let inBlock = 5
const inBlock = 6
inBlock = 7
console.log(inBlock)  // expect: 7
console.log(notYet)  // expect: undefined
let notYet = 1
for (const i of [1, 2, 3]) {}
console.log(i)  // expect: 3
try { undefined.x } catch (e) { const name = e.name }
console.log(name)  // expect: TypeError
{
  function inner() { return "inner" }
  class Thing {}
}
console.log(inner(), typeof Thing)  // expect: inner function
function captured() { return inBlock }
{ let inBlock = 8 }
console.log(captured())  // expect: 8
