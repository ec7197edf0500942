const o = { toJSON(key) { return `key:${key}`; } };
console.log(JSON.stringify(o), JSON.stringify({ a: o }), JSON.stringify([o]), JSON.stringify({ d: { toJSON: 5 } }), JSON.stringify({ toJSON() { return undefined; } }), JSON.stringify([{ toJSON() { return undefined; } }]), JSON.stringify({ n: { toJSON: () => ({ toJSON: () => 'not called again' }) } }));
// expect: "key:" {"a":"key:a"} ["key:0"] {"d":{"toJSON":5}} undefined [null] {"n":{}}
class Temp { constructor(c) { this.c = c; } toJSON() { return { celsius: this.c }; } }
console.log(JSON.stringify([new Temp(20), { t: new Temp(21) }], null, 1));
// expect: [
// expect:  {
// expect:   "celsius": 20
// expect:  },
// expect:  {
// expect:   "t": {
// expect:    "celsius": 21
// expect:   }
// expect:  }
// expect: ]
console.log(JSON.stringify({ get computed() { return 'getter'; }, a: o }, (k, v) => (k === 'a' ? v + '!' : v)));
// expect: {"computed":"getter","a":"key:a!"}
Number.prototype.toJSON = function () { return 'number!'; };
console.log(JSON.stringify([1])); // expect: [1]
delete Number.prototype.toJSON;
const mutating = { a: 1, get b() { delete this.c; return 2; }, c: 3 };
console.log(JSON.stringify(mutating)); // expect: {"a":1,"b":2}
