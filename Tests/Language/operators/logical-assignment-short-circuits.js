const log = [];
const o = { get zero() { log.push('get zero'); return 0; }, set zero(v) { log.push('set zero ' + v); }, get one() { log.push('get one'); return 1; }, set one(v) { log.push('set one ' + v); } };
o.zero ||= 5;
o.zero &&= (log.push('never'), 5);
o.one ||= (log.push('never'), 5);
o.one &&= 6;
o.zero ??= (log.push('never'), 7);
console.log(log.splice(0));
// expect: [
// expect:   'get zero',
// expect:   'set zero 5',
// expect:   'get zero',
// expect:   'get one',
// expect:   'get one',
// expect:   'set one 6',
// expect:   'get zero'
// expect: ]
const key = () => (log.push('key'), 'k');
const obj = () => (log.push('object'), o);
obj()[key()] ??= 'made';
obj()[key()] ??= (log.push('never'), 1);
console.log(log, o.k); // expect: [ 'object', 'key', 'object', 'key' ] made
const frozen = Object.freeze({ a: 1 });
frozen.a ||= 2;
try {
  frozen.a &&= 2;
} catch (e) {
  console.log(e.message); // expect: Cannot assign to read only property 'a' of object '#<Object>'
}
let f;
f ??= () => {};
console.log(f.name); // expect: f
