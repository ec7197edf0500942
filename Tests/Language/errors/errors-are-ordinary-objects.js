const e = new TypeError('original');
e.message = 'changed';
e.extra = [1];
e.name = 'Renamed';
console.log(String(e), Object.keys(e), JSON.stringify(e), { ...e });
// expect: Renamed: changed [ 'extra', 'name' ] {"extra":[1],"name":"Renamed"} { extra: [ 1 ], name: 'Renamed' }
const copy = Object.assign(new Error('x'), { code: 'E1' });
console.log(copy.code, copy.message, e instanceof TypeError, Object.create(Error.prototype) instanceof Error);
// expect: E1 x true true
function Legacy(message) { this.message = message; }
Legacy.prototype = Object.create(Error.prototype);
Legacy.prototype.name = 'Legacy';
const l = new Legacy('old style');
console.log(String(l), l instanceof Error, l.stack, Object.prototype.toString.call(l));
// expect: Legacy: old style true undefined [object Object]
