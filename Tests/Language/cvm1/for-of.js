// @dialect cvm1
// What grows while it is walked.
let list = [1, 2, 3]
let rounds = 0
for (const x of list) {
  list.push(x * 10)
  rounds++
}
console.log(rounds, list.join())  // expect: 3 1,2,3,10,20,30

// What shrinks.
list = [1, 2, 3]
let seen = []
for (const x of list) {
  seen.push(x)
  list.pop()
}
console.log(seen.map(x => `${x}`).join(), list.length)  // expect: 1,2,undefined 0

// What changes is seen.
list = [1, 2, 3]
seen = []
for (const x of list) {
  seen.push(x)
  list[2] = "changed"
}
console.log(seen.join())  // expect: 1,2,changed

const map = new Map([["a", 1], ["b", 2]])
seen = []
for (const [key, value] of map) {
  seen.push(key)
  map.set(key + key, value)
}
console.log(seen.join(), map.size)  // expect: a,b 4

const set = new Set([1, 2])
seen = []
for (const x of set) {
  seen.push(x)
  set.add(x + 10)
}
console.log(seen.join(), set.size)  // expect: 1,2 4

list = ["p", "q"]
seen = []
for (const [index, x] of list.entries()) {
  seen.push(index + x)
  list.push("r")
}
console.log(seen.join(), list.length)  // expect: 0p,1q 4

seen = []
for (const key of map.keys()) {
  seen.push(key)
  map.delete("b")
  map.set(seen.length, 0)
}
console.log(seen.join())  // expect: a,aa,bb,1

// What makes no promises about its length goes on as it does in JavaScript.
function* numbers() {
  let n = 0
  while (n < 3) yield n++
}
seen = []
for (const n of numbers()) seen.push(n)
for (const c of "a😀") seen.push(c)
console.log(seen.join())  // expect: 0,1,2,a,😀

// Leaving early, going on, and inner loops.
seen = []
outer: for (const x of [1, 2, 3, 4]) {
  for (const y of [1, 2, 3]) {
    if (y === 2) continue outer
    if (x === 3) break outer
    seen.push(x * y)
  }
}
console.log(seen.join())  // expect: 1,2
function find(list, test) {
  for (const x of list) {
    if (test(x)) return x
    list.push(x)
  }
  return "none"
}
console.log(find([1, 5, 9], x => x > 4), find([1], x => x > 4))  // expect: 5 none
const closing = {
  [Symbol.iterator]() { return { next: () => ({ value: 1, done: false }), return() { seen.push("closed"); return {} } } },
}
for (const x of closing) break
console.log(seen.at(-1))  // expect: closed

// Elements with getters, holes, and an array that loses its elements.
const odd = [, 2]
Object.defineProperty(odd, 2, { get: () => "got", configurable: true })
seen = []
for (const x of odd) seen.push(`${x}`)
console.log(seen.join())  // expect: undefined,2,got
list = [1, 2, 3]
seen = []
for (const x of list) {
  seen.push(`${x}`)
  list.length = 0
}
console.log(seen.join())  // expect: 1,undefined,undefined
for (const x of []) console.log("never")
