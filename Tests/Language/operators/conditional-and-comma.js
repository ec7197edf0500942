const f = (x) => (x > 0 ? 'positive' : x < 0 ? 'negative' : x === 0 ? 'zero' : 'nan');
console.log([1, -1, 0, NaN].map(f)); // expect: [ 'positive', 'negative', 'zero', 'nan' ]
let log = [];
const r = (log.push(1), log.push(2), 'last');
console.log(r, log); // expect: last [ 1, 2 ]
for (var i = 0, j = 5; i < j; i++, j--);
console.log(i, j, (1, 0) ? 'yes' : 'no', (null, 'x') ?? 'y'); // expect: 3 2 no x
if (log = null, true) console.log(log); // expect: null
