// The same place in the code is named after the object that the method was called on.
class Animal {
  speak() { return new Error("x").stack.split("\n")[1].trim().split(" ")[1]; }
  get sound() { return this.speak(); }
}
class Dog extends Animal {}
const free = Animal.prototype.speak;
const named = { speak: free };
console.log(new Animal().speak(), new Dog().speak(), new Dog().sound, named.speak());
// expect: Animal.speak Dog.speak Dog.speak Object.speak
console.log([1, 2].map(function twice() { return new Error().stack.split("\n")[1].includes("at twice "); }));
// expect: [ true, true ]
class Failure extends TypeError {}
console.log(new Failure("no").stack.split("\n")[0]);
// expect: TypeError: no
Failure.prototype.name = "Failure";
console.log(new Failure("no").stack.split("\n")[0], String(new Failure("no")));
// expect: Failure: no Failure: no
const empty = new Error("");
console.log(empty.stack.split("\n")[0], JSON.stringify(new Error("é→").stack.split("\n")[0]));
// expect: Error "Error: é→"
