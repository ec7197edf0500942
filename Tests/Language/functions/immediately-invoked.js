console.log((function (a) { return a + 1; })(1), (() => 2)(), (function () { return typeof this; })());
// expect: 2 2 undefined
console.log(function () { return 'not a declaration'; }()); // expect: not a declaration
const v = (() => { const hidden = 3; return hidden; })();
console.log(v, typeof hidden); // expect: 3 undefined
console.log(!function () { return false; }(), +(() => '5')(), new (function () { this.q = 1; })().q);
// expect: true 5 1
