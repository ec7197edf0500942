// A store that was seen to add a property to plain objects adds one to a prototype: its heirs see it.
function define(object) { object.added = 1; }
define({});
define({});
define({});
const parent = {};
const child = Object.create(parent);
function read(object) { return object.added; }
console.log(read(child), read(child));
// expect: undefined undefined
define(parent);
console.log(read(child));
// expect: 1

function addMany(object, n) {
  object.a = n;
  object.b = n;
  object.c = n;
  object.d = n;
  object.e = n;
  object.f = n;
}
for (let i = 0; i < 3; i++) addMany({}, i);
const base = {};
const heir = Object.create(base);
const keys = () => [heir.a, heir.f];
console.log(...keys());
// expect: undefined undefined
addMany(base, 7);
console.log(...keys());
// expect: 7 7
