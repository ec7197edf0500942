class Widget {}
for (const f of [() => Widget(), () => Widget.call({}), () => [1].map(Widget), () => new Widget.prototype.constructor()]) {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError Class constructor Widget cannot be invoked without 'new'
    // expect: TypeError Class constructor Widget cannot be invoked without 'new'
    // expect: TypeError Class constructor Widget cannot be invoked without 'new'
    // expect: Widget {}
  }
}
class M { m() {} static s() {} get g() { return function () {}; } }
const m = new M();
for (const f of [() => new m.m(), () => new M.s(), () => new m.g()]) {
  try {
    console.log(typeof f());
  } catch (e) {
    console.log(e.message);
    // expect: m.m is not a constructor
    // expect: M.s is not a constructor
    // expect: object
  }
}
console.log('prototype' in m.m, m.m.hasOwnProperty('prototype')); // expect: false false
Widget();
// expect uncaught: TypeError: Class constructor Widget cannot be invoked without 'new'
