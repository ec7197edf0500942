// Brackets and letters outside of ASCII count as words: after a number they are refused.
for (const text of ['1,2', '[1,2]', '1,2]', '[ 1,2', '{1,2', '1|2', '1 é 2', 'é 1 2', '1;2', '#1,2', 'x 1,2', 'x1,2']) {
  console.log(text, new Date(Date.parse(text)).getMonth());
}
// expect: 1,2 0
// expect: [1,2] NaN
// expect: 1,2] NaN
// expect: [ 1,2 0
// expect: {1,2 NaN
// expect: 1|2 NaN
// expect: 1 é 2 NaN
// expect: é 1 2 0
// expect: 1;2 0
// expect: #1,2 0
// expect: x 1,2 0
// expect: x1,2 NaN
