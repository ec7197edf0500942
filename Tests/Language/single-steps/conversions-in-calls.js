// Conversions and getters that run the program's code in the middle of a call.
const sixteen = { valueOf() { return 16; } };
console.log((255).toString(sixteen), 'ab'.repeat({ valueOf: () => 2 }), 'x'.padEnd({ valueOf: () => 3 }, { toString: () => '-' })); // expect: ff abab x--
const holder = { get method() { return function (a) { return [this === holder, +a]; }; } };
console.log(holder.method(sixteen)); // expect: [ true, 16 ]
class Base { static get made() { return 'made'; } }
console.log(new (class extends (() => Base)() { value = `${sixteen}`; })().value, [1, 2].at(sixteen), 'abc'.at({ valueOf: () => -1 })); // expect: [object Object] undefined c
const target = { set field(value) { this.kept = value; } };
target.field = holder.method(1)[1] + sixteen;
console.log(target.kept, sixteen < 17, sixteen == 16, -sixteen); // expect: 17 true true -16
