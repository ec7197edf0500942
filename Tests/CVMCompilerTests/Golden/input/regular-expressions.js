// A literal makes a new object each time, also in a loop.
for (let i = 0; i < 2; i++) console.log(/a+(b)/gi.test('xab'), /\//v);
