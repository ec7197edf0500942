function Animal(name) { this.name = name; }
Animal.prototype.speak = function () { return this.name + ' speaks'; };
function Dog(name) { Animal.call(this, name); }
Dog.prototype = Object.create(Animal.prototype, { constructor: { value: Dog, writable: true, configurable: true } });
Dog.prototype.speak = function () { return Animal.prototype.speak.call(this) + ' and barks'; };
const d = new Dog('Rex');
console.log(d.speak(), d instanceof Animal, d.constructor === Dog, Object.keys(d), d);
// expect: Rex speaks and barks true true [ 'name' ] Dog { name: 'Rex' }
console.log(Dog.prototype.constructor.name, Object.getPrototypeOf(Dog) === Function.prototype, new Animal('x'));
// expect: Dog true Animal { name: 'x' }
