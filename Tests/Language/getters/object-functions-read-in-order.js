const log = [];
const watched = (...keys) => {
  const o = {};
  for (const k of keys) Object.defineProperty(o, k, { get() { log.push('get ' + String(k)); return k; }, set(v) { log.push('set ' + String(k)); }, enumerable: true, configurable: true });
  return o;
};
const show = (name, r) => console.log(name, r === undefined ? '' : JSON.stringify(r), '|', log.splice(0).join(', '));
show('assign', Object.assign({}, watched('b', 'a', '1')));
// expect: assign {"1":"1","b":"b","a":"a"} | get 1, get b, get a
show('assign to', void Object.assign(watched('x', 'y'), { y: 1, x: 2 })); // expect: assign to  | set y, set x
show('spread', { ...watched('p', 'q') }); // expect: spread {"p":"p","q":"q"} | get p, get q
show('entries', Object.entries(watched('p', '0'))); // expect: entries [["0","0"],["p","p"]] | get 0, get p
show('values', Object.values(watched('p', 'q'))); // expect: values ["p","q"] | get p, get q
show('keys', Object.keys(watched('p', 'q'))); // expect: keys ["p","q"] |
show('stringify', JSON.stringify(watched('toJSON', 'z', 'y')));
// expect: stringify "{\"toJSON\":\"toJSON\",\"z\":\"z\",\"y\":\"y\"}" | get toJSON, get toJSON, get z, get y
show('fromEntries', Object.fromEntries([watched('0', '1')])); // expect: fromEntries {"0":"1"} | get 0, get 1
show('defineProperty', void Object.defineProperty({}, 'x', watched('enumerable', 'configurable', 'value', 'writable')));
// expect: defineProperty  | get enumerable, get configurable, get value, get writable
show('create', Object.keys(Object.create(null, { made: watched('value', 'enumerable') })));
// expect: create ["made"] | get enumerable, get value
show('apply', ((...a) => a)(...Array.from(watched('length')))); // expect: apply [] | get length
show('groups', new Map([watched('0', '1')]).size); // expect: groups 1 | get 0, get 1
show('error', new Error('m', watched('cause')).cause); // expect: error "cause" | get cause
for (const k in watched('one', 'two')) log.push('in ' + k);
show('for-in'); // expect: for-in  | in one, in two
show('isFrozen', Object.isFrozen(watched('n'))); // expect: isFrozen false |
show('freeze', Object.keys(Object.freeze(watched('n')))); // expect: freeze ["n"] |
show('toString', Object.prototype.toString.call({ get [Symbol.toStringTag]() { log.push('tag'); return 'T'; } }));
// expect: toString "[object T]" | tag
show('instanceof', ({}) instanceof Object.defineProperty(() => {}, 'prototype', { value: {} }));
// expect: instanceof false |
