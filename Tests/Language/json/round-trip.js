const value = { n: [1, -2.5, 1e21, 0], s: 'quote " backslash \\ newline \n unicode \u00e9 \ud83d\ude00', nested: { empty: {}, list: [[], [{}]] }, t: true, f: false, z: null };
console.log(JSON.stringify(JSON.parse(JSON.stringify(value))) === JSON.stringify(value)); // expect: true
const big = Array.from({ length: 2000 }, (_, i) => ({ id: i, name: 'item ' + i, tags: ['a', i] }));
const text = JSON.stringify(big);
console.log(text.length, JSON.parse(text)[1999], JSON.stringify(JSON.parse(text)) === text);
// expect: 94671 { id: 1999, name: 'item 1999', tags: [ 'a', 1999 ] } true
