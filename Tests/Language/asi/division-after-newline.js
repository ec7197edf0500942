const a = 20
const g = 2
const b = a
/ g / 1
console.log(b)
const s = 'x'
const u = s
.length
console.log(u)
const h = (x) => x
(1)
console.log(typeof h) // expect: function
// expect: 10
// expect: 1
