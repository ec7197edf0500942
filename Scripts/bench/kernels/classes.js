"use strict";
// Classes: shapes with inheritance, super calls, accessors, static members, private fields, instanceof.

class Shape {
  static made = 0;
  #id;
  constructor(name) {
    this.name = name;
    this.#id = ++Shape.made;
  }
  get id() { return this.#id; }
  area() { return 0; }
  describe() { return this.name.length + this.area(); }
}

class Rectangle extends Shape {
  constructor(width, height, name = "rectangle") {
    super(name);
    this.width = width;
    this.height = height;
  }
  area() { return this.width * this.height; }
  scale(factor) { return new this.constructor(this.width * factor, this.height * factor); }
}

class Square extends Rectangle {
  constructor(side) { super(side, side, "square"); }
  get side() { return this.width; }
  set side(value) {
    this.width = value;
    this.height = value;
  }
  describe() { return super.describe() + 1; }
}

class Circle extends Shape {
  radius = 1;
  constructor(radius) {
    super("circle");
    this.radius = radius;
  }
  area() { return 3 * this.radius * this.radius; }
  static unit() { return new Circle(1); }
}

function run(n) {
  let total = 0, squares = 0;
  for (let i = 0; i < n; i++) {
    const shapes = [new Rectangle(i % 10, 2), new Square(i % 7), new Circle(i % 5), Circle.unit()];
    for (const shape of shapes) {
      total += shape.describe();
      if (shape instanceof Square) {
        squares++;
        shape.side += 2;
        total += shape.side;
      }
    }
    total += shapes[0].scale(2).area() + shapes[3].id % 2;
  }
  return total + " " + squares + " " + Shape.made;
}

(typeof print === "function" ? print : console.log)(run(120000));
