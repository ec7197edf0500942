// @dialect cvm1
function average(list) {
  return list.length / list.filter(x => x > 10).length
}
console.log(average([20, 30]))  // expect: 1
average([])  // expect uncaught: Error: Division by zero
