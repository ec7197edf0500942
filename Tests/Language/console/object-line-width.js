console.log({ aaaaaaaaaa: 1, bbbbbbbbbb: 2, cccccccccc: 3, dddddddddd: 4, eeeeeeeeee: 5, ff: 6 });
// expect: {
// expect:   aaaaaaaaaa: 1,
// expect:   bbbbbbbbbb: 2,
// expect:   cccccccccc: 3,
// expect:   dddddddddd: 4,
// expect:   eeeeeeeeee: 5,
// expect:   ff: 6
// expect: }
console.log({ aaaaaaaaaa: 1, bbbbbbbbbb: 2, cccccccccc: 3, dddddddddd: 4, eeeeeeeeee: 5, fff: 6 });
// expect: {
// expect:   aaaaaaaaaa: 1,
// expect:   bbbbbbbbbb: 2,
// expect:   cccccccccc: 3,
// expect:   dddddddddd: 4,
// expect:   eeeeeeeeee: 5,
// expect:   fff: 6
// expect: }
console.log({ aaaaaaaaaa: 1, bbbbbbbbbb: 2, cccccccccc: 3, dddddddddd: 4, eeeeeeeeee: 5, ffff: 6 });
// expect: {
// expect:   aaaaaaaaaa: 1,
// expect:   bbbbbbbbbb: 2,
// expect:   cccccccccc: 3,
// expect:   dddddddddd: 4,
// expect:   eeeeeeeeee: 5,
// expect:   ffff: 6
// expect: }
for (let n = 60; n <= 76; n += 2) console.log({ k: 'x'.repeat(n) });
// expect: { k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }
// expect: { k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
// expect: }
for (let n = 50; n <= 72; n += 2) console.log({ k: 'x'.repeat(n), b: 1 });
// expect: { k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', b: 1 }
// expect: { k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', b: 1 }
// expect: { k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', b: 1 }
// expect: { k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', b: 1 }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   b: 1
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   b: 1
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   b: 1
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   b: 1
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   b: 1
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   b: 1
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   b: 1
// expect: }
// expect: {
// expect:   k: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
// expect:   b: 1
// expect: }
