const log = [];
const stop = (where) => { throw where; };
const tries = {
  map: () => [1].map(() => stop('map')),
  forEach: () => [1].forEach(() => stop('forEach')),
  sort: () => [2, 1].sort(() => stop('sort')),
  reduce: () => [1, 2].reduce(() => stop('reduce')),
  getter: () => ({ get x() { stop('getter'); } }).x,
  setter: () => { ({ set x(v) { stop('setter'); } }).x = 1; },
  valueOf: () => 1 + { valueOf() { stop('valueOf'); } },
  toString: () => `${{ toString() { stop('toString'); } }}`,
  json: () => JSON.stringify({ toJSON() { stop('toJSON'); } }),
  reviver: () => JSON.parse('[1]', () => stop('reviver')),
  from: () => Array.from([1], () => stop('from')),
  replace: () => 'a'.replace('a', () => stop('replace')),
  mapForEach: () => new Map([[1, 1]]).forEach(() => stop('mapForEach')),
  construct: () => new (class { constructor() { stop('construct'); } })(),
  key: () => ({})[{ toString() { stop('key'); } }],
  iterator: () => [...{ [Symbol.iterator]() { stop('iterator'); } }],
};
for (const name in tries) {
  try {
    tries[name]();
    console.log('not thrown', name);
  } catch (e) {
    if (e !== name) console.log(name, 'threw', e); // expect: json threw toJSON
    log.push(e);
  }
}
console.log(log.join(' '));
// expect: map forEach sort reduce getter setter valueOf toString toJSON reviver from replace mapForEach construct key iterator
