const a = 20
const g = 2
const b = a
/ g / 1
console.log(b) // expect: 10
const s = 'x'
const u = s
.length
console.log(u) // expect: 1
const h = (x) => x
(1)
console.log(typeof h) // expect: function
