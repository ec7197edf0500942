// @dialect cvm1
console.log(JSON.parse("{"))  // expect: null
console.log(JSON.parse(""))  // expect: null
console.log(JSON.parse("undefined"), JSON.parse(undefined), JSON.parse())  // expect: null null null
console.log(JSON.parse("[1, 2").length === undefined)  // expect uncaught: TypeError: Cannot read properties of null (reading 'length')
