const a = [1, 2];
a.name = 'extra';
a[-1] = 'minus';
a[Symbol('s')] = 1;
console.log(a, Object.assign([], { only: 'props' }));
// expect: [ 1, 2, name: 'extra', '-1': 'minus', [Symbol(s)]: 1 ] [ only: 'props' ]
function f() {}
f.a = 1;
const g = () => {};
console.log(f, [f], g, [() => {}], Object.assign(() => {}, { x: [1] }), (function () {}), [function named() {}], Object.assign(function () {}, { y: 1 }));
// expect: [Function: f] { a: 1 } [ [Function: f] { a: 1 } ] [Function: g] [ [Function (anonymous)] ] [Function (anonymous)] { x: [ 1 ] } [Function (anonymous)] [ [Function: named] ] [Function (anonymous)] { y: 1 }
console.log(Object.defineProperty(() => {}, 'name', { value: 'renamed' }), Math.max, [Math.max, Array.prototype.push], Object, Function.prototype.call);
// expect: [Function: renamed] [Function: max] [ [Function: max], [Function: push] ] [Function: Object] [Function: call]
