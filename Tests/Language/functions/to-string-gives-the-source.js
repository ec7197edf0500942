function f(a, b) { return a + b; }
const arrow = (x) => x * 2;
const o = { method(y) { return y; }, get g() { return 1; }, ['c' + 1]: function () {} };
class C { m() {} }
console.log(f.toString(), String(arrow), o.method.toString(), `${C}`);
// expect: function f(a, b) { return a + b; } (x) => x * 2 method(y) { return y; } class C { m() {} }
console.log(Object.getOwnPropertyDescriptor(o, 'g').get.toString(), o.c1.toString(), /* inside */ (function /* kept */ (a /* b */) { }).toString());
// expect: get g() { return 1; } function () {} function /* kept */ (a /* b */) { }
console.log(Math.max.toString()); // expect: function max() { [native code] }
