const e = new Error('plain');
e.stack = undefined;
console.log(e, [e], { e }); // expect: [Error: plain] [ [Error: plain] ] { e: [Error: plain] }
const t = new TypeError('typed');
t.stack = 'TypeError: typed\n    at somewhere (file.js:1:2)';
console.log(t);
// expect: TypeError: typed
// expect:     at somewhere (file.js:1:2)
console.log([t], { nested: { t } });
// expect: [
// expect:   TypeError: typed
// expect:       at somewhere (file.js:1:2)
// expect: ] {
// expect:   nested: {
// expect:     t: TypeError: typed
// expect:         at somewhere (file.js:1:2)
// expect:   }
// expect: }
t.code = 'E_CODE';
console.log(t);
// expect: TypeError: typed
// expect:     at somewhere (file.js:1:2) {
// expect:   code: 'E_CODE'
// expect: }
const c = new Error('outer', { cause: 'why' });
c.stack = 'Error: outer\n    at x';
console.log(c);
// expect: Error: outer
// expect:     at x {
// expect:   [cause]: 'why'
// expect: }
const noMessage = new RangeError();
noMessage.stack = 'RangeError\n    at y';
console.log(noMessage, [noMessage]);
// expect: RangeError
// expect:     at y [
// expect:   RangeError
// expect:       at y
// expect: ]
