class Point {
  constructor(x, y) { this.x = x; this.y = y; }
  add(o) { return new Point(this.x + o.x, this.y + o.y); }
  get length() { return Math.hypot(this.x, this.y); }
  set length(v) { const k = v / this.length; this.x *= k; this.y *= k; }
  static origin() { return new this(0, 0); }
  static get zero() { return Point.origin(); }
  toString() { return `(${this.x}, ${this.y})`; }
  'quoted key'() { return 1; }
  [`com${'puted'}`]() { return 2; }
  42() { return 3; }
}
const p = new Point(3, 4);
console.log(p.length, String(p), `${p.add(p)}`, p['quoted key'](), p.computed(), p[42](), Point.zero);
// expect: 5 (3, 4) (6, 8) 1 2 3 Point { x: 0, y: 0 }
p.length = 10;
console.log(p, Point.name, Point.length, typeof Point, p.constructor === Point, Object.keys(Point.prototype), Object.getOwnPropertyNames(Point.prototype).join());
// expect: Point { x: 6, y: 8 } Point 2 function true [] 42,constructor,add,length,toString,quoted key,computed
console.log(Object.getOwnPropertyNames(Point), p instanceof Point, Object.getOwnPropertyDescriptor(Point, 'prototype'));
// expect: [ 'length', 'name', 'prototype', 'origin', 'zero' ] true { value: {}, writable: false, enumerable: false, configurable: false }
