const log = [];
const v = (name, value) => ({ valueOf() { log.push(name); return value; }, toString() { log.push(name + ' string'); return 's'; } });
const show = (r) => { console.log(r, log.splice(0).join(', ')); };
show(v('a', 1) + v('b', 2)); // expect: 3 a, b
show(v('a', 1) - v('b', 2)); // expect: -1 a, b
show(v('a', 1) < v('b', 2)); // expect: true a, b
show(v('a', 1) > v('b', 2)); // expect: false a, b
show(v('a', 1) >= v('b', 2)); // expect: false a, b
show(v('a', 1) ** v('b', 2)); // expect: 1 a, b
show(v('a', 5) & v('b', 4)); // expect: 4 a, b
show(v('a', 1) << v('b', 2)); // expect: 4 a, b
show(v('a', 1) == 1); // expect: true a
show(v('a', 1) + 'x'); // expect: 1x a
show(`${v('a', 1)}`); // expect: s a string
show(+v('a', 7)); // expect: 7 a
show(-v('a', 7)); // expect: -7 a
show(~v('a', 7)); // expect: -8 a
show(v('a', 1) == v('b', 1)); // expect: false
show(!v('a', 0)); // expect: false
show([1, 2][v('a', 1)]); // expect: undefined a string
show('x'.repeat(v('a', 2))); // expect: xx a
show(Math.max(v('a', 1), v('b', 3))); // expect: 3 a, b
