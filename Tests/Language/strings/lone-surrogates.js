const high = '\ud83d', low = '\ude00';
console.log(JSON.stringify(high), JSON.stringify(low + high), high + low === '😀', (high + low).length, [...(low + high)].length);
// expect: "\ud83d" "\ude00\ud83d" true 2 2
const joined = ['x' + high, low + 'y'].join('');
console.log(joined, joined.length, joined.codePointAt(1).toString(16), joined.indexOf(low), joined.split('').map((c) => c.charCodeAt(0).toString(16)));
// expect: x😀y 4 1f600 2 [ '78', 'd83d', 'de00', '79' ]
console.log((high + 'a').isWellFormed?.() ?? false, JSON.stringify('a' + high + 'b'), ('a' + high).charCodeAt(1), { [high]: 1 }[high]);
// expect: false "a\ud83db" 55357 1
console.log(high < low, '\uffff' > '😀', high.padEnd(3, '.').length, high.repeat(2).length, new Set([high, low, high]).size);
// expect: true true 3 2 2
