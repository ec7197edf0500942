// @dialect cvm1
function blocks(flag) {
  if (flag) {
    let inner = "from the block"
    const fixed = 1
    var old = 2
  }
  return [inner, fixed, old].map(x => typeof x).join()
}
console.log(blocks(true))  // expect: string,number,number
console.log(blocks(false))  // expect: undefined,undefined,undefined

function again() {
  let x = 1
  let x = 2
  const x = x + 1
  var x = x * 10
  return x
}
console.log(again())  // expect: 30

function assigned() {
  const limit = 1
  limit = 2
  limit += 3
  limit++
  return limit
}
console.log(assigned())  // expect: 6

function before() {
  const early = late
  let late = 5
  return [early, late].join("/")
}
console.log(before())  // expect: /5

function shadow(x) {
  {
    let x = 2
  }
  return x
}
console.log(shadow(1))  // expect: 2

function loops() {
  for (let i = 0; i < 3; i++) {
    let last = i * 10
  }
  for (const name of ["a", "b"]) {
  }
  for (const key in { k: 1 }) {
  }
  return [i, last, name, key].join()
}
console.log(loops())  // expect: 3,20,b,k

function fresh() {
  const seen = []
  for (let i = 0; i < 3; i++) {
    let value
    seen.push(value)
    value = i
  }
  return seen.map(x => String(x)).join()
}
console.log(fresh())  // expect: undefined,undefined,undefined

function shared() {
  const functions = []
  for (let i = 0; i < 3; i++) functions.push(() => i)
  return functions.map(f => f()).join()
}
console.log(shared())  // expect: 3,3,3

function caught() {
  try {
    null.x
  } catch (problem) {
    let inside = "seen"
  }
  return [problem.name, inside].join()
}
console.log(caught())  // expect: TypeError,seen

function cases(n) {
  switch (n) {
    case 1:
      let a = "one"
      break
    default:
      a = "other"
  }
  return a
}
console.log(cases(1), cases(2))  // expect: one other

function nested(flag) {
  if (flag) {
    function helper() { return "first" }
    class Kind { name() { return "kind" } }
  } else {
    function helper() { return "second" }
  }
  return helper() + (Kind ? new Kind().name() : "")
}
console.log(nested(true), nested(false))  // expect: firstkind second

function closures() {
  {
    let count = 0
    var increase = () => ++count
  }
  increase()
  increase()
  return count
}
console.log(closures())  // expect: 2

function patterns() {
  { const { a, b: [c = 3] } = { a: 1, b: [] }; let [d, ...e] = "xyz" }
  return [a, c, d, e.join("")].join()
}
console.log(patterns())  // expect: 1,3,x,yz

// Functions have scopes of their own.
let outer = 1
function separate() {
  let outer = 2
  return outer
}
console.log(separate(), outer)  // expect: 2 1
