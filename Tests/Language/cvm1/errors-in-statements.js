// @dialect cvm1
const order = { total: 1 }
order.customer.name  // expect uncaught: TypeError: Cannot read properties of undefined (reading 'name')
