"use strict";
// Map and Set: words counted, a graph searched breadth first, records grouped by a key, sets joined and cut.

function countWords(words, rounds) {
  const counts = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  let best = "", most = 0;
  for (const [word, count] of counts) if (count > most) { best = word; most = count; }
  return best + most;
}

function search(size) {
  const edges = new Map();
  for (let i = 0; i < size; i++) edges.set(i, [(i * 2 + 1) % size, (i * 3 + 2) % size, (i + 7) % size]);
  const seen = new Set([0]);
  let frontier = [0], depth = 0;
  while (frontier.length > 0) {
    const next = [];
    for (const node of frontier) {
      for (const other of edges.get(node)) {
        if (seen.has(other)) continue;
        seen.add(other);
        next.push(other);
      }
    }
    frontier = next;
    depth++;
  }
  return depth + seen.size;
}

function group(records) {
  const groups = new Map();
  for (const record of records) {
    const list = groups.get(record.city);
    if (list) list.push(record);
    else groups.set(record.city, [record]);
  }
  let total = 0;
  groups.forEach((list, city) => { total += list.length * city.length; });
  return total;
}

function run(n) {
  const words = [], records = [];
  for (let i = 0; i < n; i++) words.push("word" + i * i % 997);
  for (let i = 0; i < n; i++) records.push({ id: i, city: "City" + i % 113 });
  const first = new Set(), second = new Set();
  for (let i = 0; i < n; i++) { first.add(i * 2); second.add(i * 3); }
  let common = 0;
  for (const value of first) if (second.has(value)) common++;
  for (const value of [...second]) if (value % 2 === 0) second.delete(value);
  const unique = [...new Set(words)].length;
  return [countWords(words, 20), search(n), group(records), common, second.size, unique].join(" ");
}

(typeof print === "function" ? print : console.log)(run(40000));
