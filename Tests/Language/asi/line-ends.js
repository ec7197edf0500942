const a = 1
const b = 2
let c = a
+ b
console.log(c)
const f = function () { return 'f' }
// expect: 3
;[1, 2].forEach((x) => console.log(x))
let i = 1
let j = 2
i
++
j
console.log(i, j)
function g() {
  return
  1
}
// expect: 1
// expect: 2
// expect: 1 3
console.log(g())
do console.log('once'); while (false) console.log('after do-while')
if (a) ; else console.log('never')
for (;;) { break
}
// expect: undefined
// expect: once
// expect: after do-while
const o = {
  get
  x() { return 'getter' },
  async: 1, of: 2, let: 3, static: 4, get: 5, set: 6,
}
console.log(o.x, o.get, o.of)
{ console.log('block') } console.log('same line')
const t = `a
b`
console.log(t.length)
var x
= 5
console.log(x)
throw new Error('end')
// expect: getter 5 2
// expect: block
// expect: same line
// expect: 3
// expect: 5
// expect uncaught: Error: end
