const o = {};
const keys = [0, 1, '2', '03', -1, 1.5, '1e3', 1e3, 4294967294, 4294967295, 4294967296, 2 ** 53, 1e21, '1e+21', NaN, Infinity, '-0', -0, '', ' ', '0x1', true, null, undefined, 'length'];
keys.forEach((k, i) => { o[k] = i; });
console.log(Object.keys(o).map((k) => JSON.stringify(k)).join(' '));
// expect: "0" "1" "2" "1000" "4294967294" "03" "-1" "1.5" "1e3" "4294967295" "4294967296" "9007199254740992" "1e+21" "NaN" "Infinity" "-0" "" " " "0x1" "true" "null" "undefined" "length"
console.log(o[0], o['1000'], o[1e21], o['NaN'], o.true, o.null, o['undefined'], o['-0'], o[-0]);
// expect: 17 7 13 14 21 22 23 16 17
const a = [];
keys.slice(0, 12).forEach((k, i) => { if (typeof k !== 'number' || k < 100) a[k] = i; });
console.log(a, a.length); // expect: [ 0, 1, 2, '03': 3, '-1': 4, '1.5': 5, '1e3': 6 ] 3
