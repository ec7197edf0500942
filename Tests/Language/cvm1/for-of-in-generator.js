// @dialect cvm1
function* doubled(list) {
  for (const x of list) {
    list.push(0)
    yield x * 2
  }
}
console.log([...doubled([1, 2, 3])].join())  // expect: 2,4,6
const list = [1, 2]
list.forEach(x => list.push(x))
console.log(list.length)  // expect: 4
const [a, b] = list
console.log(a + b, Math.max(...list))  // expect: 3 2
