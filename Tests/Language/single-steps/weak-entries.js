// Entries whose keys are gone are no part of the state.
const map = new WeakMap();
const kept = [];
for (let i = 0; i < 12; i++) {
  const key = { i };
  map.set(key, { key, text: 'v' + i });
  if (i % 4 === 0) kept.push(key);
}
console.log(kept.map((key) => map.get(key).text).join()); // expect: v0,v4,v8
