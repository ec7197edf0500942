const Serializable = (Base) => class extends Base { serialize() { return JSON.stringify(this); } };
const Named = (Base) => class extends Base { get label() { return `<${this.name}>`; } };
class User { constructor(name) { this.name = name; } }
class Admin extends Serializable(Named(User)) {}
const a = new Admin('ann');
console.log(a.serialize(), a.label, a instanceof User); // expect: {"name":"ann"} <ann> true
class Abstract {
  constructor() { if (new.target === Abstract) throw new TypeError('abstract'); this.made = new.target.name; }
}
class Concrete extends Abstract {}
console.log(new Concrete().made); // expect: Concrete
try {
  new Abstract();
} catch (e) {
  console.log(e.message); // expect: abstract
}
