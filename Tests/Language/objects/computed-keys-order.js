const log = [];
const t = (v) => (log.push(v), v);
const o = { [t('k1')]: t('v1'), [t('k2')]: t('v2'), plain: t('v3'), [t('k3')]() {} };
console.log(log.join(), Object.keys(o)); // expect: k1,v1,k2,v2,v3,k3 [ 'k1', 'k2', 'plain', 'k3' ]
let i = 0;
console.log({ [i++]: i++, [i++]: i++ }, { [`a${i}`]: 1 }, { [[1, 2]]: 'array key' }, { [{}]: 'object key' }, { [null]: 1, [undefined]: 2, [1.0]: 3 });
// expect: { '0': 1, '2': 3 } { a4: 1 } { '1,2': 'array key' } { '[object Object]': 'object key' } { '1': 3, null: 1, undefined: 2 }
