// @dialect cvm1
console.log(Object.keys({ a: 1, b: 2 }).join())  // expect: a,b
console.log(Object.keys({}).length)  // expect: 0
console.log(Object.keys(Object.create(null)).length)  // expect: 0
console.log(Object.keys([1, 2]), Object.keys([]))  // expect: null null
console.log(Object.keys("text"), Object.keys(1), Object.keys(true))  // expect: null null null
console.log(Object.keys(null), Object.keys(undefined), Object.keys())  // expect: null null null
console.log(Object.keys(() => 1), Object.keys(new Map([[1, 2]])), Object.keys(new Date()))  // expect: null null null
class Point { x = 1 }
console.log(Object.keys(new Point()), Object.keys(Object.create({})))  // expect: null null
console.log(Object.keys(JSON.parse('{"z": 1, "y": 2}')).join())  // expect: z,y
const { keys } = Object
console.log(keys([]), [{ q: 1 }, []].map(Object.keys).map(x => typeof x).join())  // expect: null array,null
console.log(Object.values([7]).join(), Object.entries({ e: 1 }).length, Reflect.ownKeys([]).join())  // expect: 7 1 length
