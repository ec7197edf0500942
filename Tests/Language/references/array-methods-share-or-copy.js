const inner = { v: 1 }, a = [inner, [2]];
const tests = { slice: a.slice(), concat: a.concat(), spread: [...a], map: a.map((x) => x), filter: a.filter(() => true), from: Array.from(a), flat: a.flat(0), sort: a.sort(), reverse: a.reverse().reverse(), fill: [inner].fill(inner), splice: a.slice().splice(0), assign: Object.assign([], a), json: JSON.parse(JSON.stringify(a)) };
for (const k in tests) console.log(k, tests[k] === a, tests[k].some((x) => x === inner));
// expect: slice false true
// expect: concat false true
// expect: spread false true
// expect: map false true
// expect: filter false true
// expect: from false true
// expect: flat false true
// expect: sort true true
// expect: reverse true true
// expect: fill false true
// expect: splice false true
// expect: assign false true
// expect: json false false
