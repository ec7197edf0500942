const o = { name: 'o' };
o.self = o;
const a = [1];
a.push({ a });
for (const v of [o, a]) {
  try {
    JSON.stringify(v);
  } catch (e) {
    console.log(e.name, e.message.split('\n')[0]);
    // expect: TypeError Converting circular structure to JSON
    // expect: TypeError Converting circular structure to JSON
  }
}
const shared = { x: 1 };
console.log(JSON.stringify([shared, shared, { shared }])); // expect: [{"x":1},{"x":1},{"shared":{"x":1}}]
