const log = [];
const o = { get x() { log.push('getter'); return 1; }, toString() { log.push('toString'); return ''; }, valueOf() { log.push('valueOf'); return 0; }, toJSON() { log.push('toJSON'); }, [Symbol.iterator]() { log.push('iterator'); } };
console.log(o);
// expect: {
// expect:   x: [Getter],
// expect:   toString: [Function: toString],
// expect:   valueOf: [Function: valueOf],
// expect:   toJSON: [Function: toJSON],
// expect:   [Symbol(Symbol.iterator)]: [Function: [Symbol.iterator]]
// expect: }
console.log([o].length, log); // expect: 1 []
