"use strict";
// Sorting with comparators: numbers, names, records by several keys, and what a program does with the result.

function random(seed) {
  return () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
}

function run(n) {
  const next = random(42);
  const people = [];
  for (let i = 0; i < n; i++) {
    people.push({ name: "P" + Math.floor(next() * 5000), age: Math.floor(next() * 80), score: next() * 100 });
  }
  const numbers = people.map((person) => person.score);
  numbers.sort((a, b) => a - b);
  let inOrder = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i - 1] <= numbers[i]) inOrder++;

  const byAge = people.slice().sort((a, b) => a.age - b.age || b.score - a.score);
  const byName = [...people].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const names = people.map((person) => person.name);
  names.sort();
  const keys = Object.keys(Object.fromEntries(names.map((name, i) => [name, i])));
  keys.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const oldest = byAge[byAge.length - 1];
  let check = 0;
  for (let i = 0; i < n; i += 97) check += byAge[i].age * i + byName[i].name.length;
  return [inOrder, oldest.age, check, names[n >> 1], keys[keys.length - 1], keys.length].join(" ");
}

(typeof print === "function" ? print : console.log)(run(60000));
