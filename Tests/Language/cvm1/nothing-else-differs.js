// @dialect cvm1
// The defects of the first CVM are not reproduced.
let calls = 0
const count = value => { calls++; return value }
console.log(count(false) && count(true), calls)  // expect: false 1
console.log(count(true) || count(true), calls)  // expect: true 2
for (const x of [1, 2, 3]) {
  if (x === 2) break
}
console.log(x)  // expect: 2
console.log("10" < "9", 10 < 9, "a" < "b")  // expect: true false true
console.log(7 % 3, 2 ** 3, 5 & 3, ~1, 1 << 4, -8 >>> 28)  // expect: 1 8 1 -2 16 15
console.log([3, 1, 2].sort().join(), [1, 2, 3].reduce((a, b) => a + b))  // expect: 1,2,3 6
console.log([] + "", null == undefined, typeof NaN)  // expect:  true number
console.log(Object.is(-0, 0), [1, [2, [3]]].flat(Infinity).length)  // expect: false 3
label: while (true) { while (true) break label }
const { a = 1, ...rest } = { b: 2, c: 3 }
console.log(a, Object.keys(rest).join())  // expect: 1 b,c
console.log(((...all) => all.length)(1, 2, 3), Math.max(...[1, 9, 3]))  // expect: 3 9
