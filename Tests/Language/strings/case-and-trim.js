console.log('Hello'.toUpperCase(), 'Hello'.toLowerCase(), 'straße'.toUpperCase(), 'ÀÉÎ'.toLowerCase(), 'ÿ'.toUpperCase(), 'µ'.toUpperCase(), 'İ'.toLowerCase().length, 'ΑΣ'.toLowerCase(), 'ΣΑ'.toLowerCase(), 'ŉ'.toUpperCase().length, 'ﬁ'.toUpperCase());
// expect: HELLO hello STRASSE àéî Ÿ Μ 2 ας σα 2 FI
console.log(`[${'  \t\n x \u00a0\ufeff\u2003'.trim()}]`, `[${'  x '.trimStart()}]`, `[${'  x '.trimEnd()}]`, `[${'\u200bx\u200b'.trim().length}]`, ''.trim() === '');
// expect: [x] [x ] [  x] [3] true
console.log('Hello'.toLocaleUpperCase(), 'x'.localeCompare('y'), 'b'.localeCompare('a'), 'a'.localeCompare('a'), '😀ab'.toUpperCase(), 'ǆ'.toUpperCase());
// expect: HELLO -1 1 0 😀AB Ǆ
