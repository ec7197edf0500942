"use strict";
// JSON: a list of records written and read back, compact and indented, and the figures in it added up.

function makeOrder(i) {
  const lines = [];
  for (let j = 0; j < 4; j++) {
    lines.push({ sku: "SKU-" + (i * 7 + j), quantity: j + 1, price: (i % 100) * 1.25 + j, tags: ["new", "sale"] });
  }
  return {
    id: i, customer: { name: "Customer " + i, email: "customer" + i + "@example.com", vip: i % 3 === 0 },
    note: i % 5 === 0 ? "call \"before\" delivery\n" : null, lines,
  };
}

function run(rounds) {
  const orders = [];
  for (let i = 0; i < 500; i++) orders.push(makeOrder(i));
  let total = 0, size = 0;
  for (let round = 0; round < rounds; round++) {
    const text = round % 5 === 4 ? JSON.stringify(orders, null, 2) : JSON.stringify(orders);
    size += text.length;
    const copy = JSON.parse(text);
    for (const order of copy) {
      if (!order.customer.vip) continue;
      for (const line of order.lines) total += line.quantity * line.price;
    }
  }
  return total + " " + size;
}

(typeof print === "function" ? print : console.log)(run(60));
