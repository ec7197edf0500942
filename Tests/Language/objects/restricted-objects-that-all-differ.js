// Very many objects of one prototype, each with a property of its own name, are restricted one after the other.
const made = [];
for (let i = 0; i < 5000; i++) made.push(Object.freeze({ ['name' + i]: i }));
console.log(made.every((object, i) => Object.isFrozen(object) && object['name' + i] === i));
// expect: true
console.log(made.every((object, i) => Object.keys(object).join() === 'name' + i));
// expect: true

const base = {};
const moved = [];
for (let i = 0; i < 5000; i++) moved.push(Object.setPrototypeOf({ ['other' + i]: i }, base));
console.log(moved.every((object, i) => Object.getPrototypeOf(object) === base && object['other' + i] === i));
// expect: true

const closed = [];
for (let i = 0; i < 5000; i++) closed.push(Object.preventExtensions({ ['third' + i]: i, rest: i }));
console.log(closed.every((object, i) => !Object.isExtensible(object) && object.rest === i));
// expect: true
