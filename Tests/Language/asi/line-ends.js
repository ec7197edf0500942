const a = 1
const b = 2
let c = a
+ b
console.log(c) // expect: 3
const f = function () { return 'f' }
;[1, 2].forEach((x) => console.log(x))
// expect: 1
// expect: 2
let i = 1
let j = 2
i
++
j
console.log(i, j) // expect: 1 3
function g() {
  return
  1
}
console.log(g()) // expect: undefined
do console.log('once'); while (false) console.log('after do-while')
// expect: once
// expect: after do-while
if (a) ; else console.log('never')
for (;;) { break
}
const o = {
  get
  x() { return 'getter' },
  async: 1, of: 2, let: 3, static: 4, get: 5, set: 6,
}
console.log(o.x, o.get, o.of) // expect: getter 5 2
{ console.log('block') } console.log('same line')
// expect: block
// expect: same line
const t = `a
b`
console.log(t.length) // expect: 3
var x
= 5
console.log(x) // expect: 5
throw new Error('end')
// expect uncaught: Error: end
