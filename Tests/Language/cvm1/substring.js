// @dialect cvm1
const text = "abcdef"
console.log(text.substring(-2))  // expect: ef
console.log(text.substring(0, -1))  // expect: abcde
console.log(text.substring(-4, -2))  // expect: cd
console.log(text.substring(-2, -4))  // expect: cd
console.log(text.substring(-100, 2))  // expect: ab
console.log(text.substring(1, 3), text.substring(3, 1), text.substring(4), text.substring(2, 99))  // expect: bc bc ef cdef
console.log(text.substring(NaN, 2), text.substring(undefined), text.substring("-3"))  // expect: ab abcdef def
console.log(text.substring({ valueOf: () => -1 }), text.substring(-1.9))  // expect: f f
const { substring } = String.prototype
console.log(substring.call("xyz", -1), ["pqr"].map(s => s.substring(-2)).join())  // expect: z qr
console.log(text.slice(-2), text.substr(-3, 2))  // expect: ef de
console.log("".substring(-1) === "", "é😀".substring(-2))  // expect: true 😀
