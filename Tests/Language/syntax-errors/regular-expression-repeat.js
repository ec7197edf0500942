if (/a**/.test('a')) {}
// expect syntax error: 1:8 Invalid regular expression: Nothing to repeat
