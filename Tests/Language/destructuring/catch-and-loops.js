try {
  throw { code: 5, detail: ['x', 'y'] };
} catch ({ code, detail: [, second] }) {
  console.log(code, second); // expect: 5 y
}
for (const [k, { v }] of new Map([['a', { v: 1 }], ['b', { v: 2 }]])) console.log(k, v);
// expect: a 1
// expect: b 2
for (const { length } in { abc: 1 }) console.log(length); // expect: 3
for (let [i, n] = [0, 3]; i < n; [i, n] = [i + 1, n]) console.log(i, n);
// expect: 0 3
// expect: 1 3
// expect: 2 3
