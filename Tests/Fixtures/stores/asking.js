console.log('start');
const shared = { count: 0 };
const list = [shared, shared];
const names = new Map([[shared, 'shared']]);
function* numbers() { let n = 10; while (true) n += yield n; }
const generator = numbers();
generator.next();
for (const colour of ['red', 'green', 'blue']) {
  const answer = CC(`${colour}?`);
  list[0].count++;
  console.log(colour, answer, list[0] === list[1], names.get(list[1]), generator.next(shared.count).value);
}
function main() { return list; }
