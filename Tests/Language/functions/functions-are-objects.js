function f() {}
f.count = 1;
f.count++;
console.log(f.count, Object.keys(f), typeof f, f instanceof Function, f instanceof Object);
// expect: 2 [ 'count' ] function true true
console.log(f.prototype.constructor === f, Object.keys(f.prototype), 'prototype' in (() => {}));
// expect: true [] false
console.log(delete f.count, f.count, delete f.name, JSON.stringify(f.name)); // expect: true undefined true ""
console.log(Object.getPrototypeOf(f) === Function.prototype, f.hasOwnProperty('length')); // expect: true true
f.prototype = { hello: 'changed' };
console.log(new f().hello); // expect: changed
