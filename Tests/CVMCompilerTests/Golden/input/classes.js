class Point {
  x = 0;
  ['computed' + 1] = () => this;
  static origin = new Point(0);
  static self = this;
  static { this.ready = true; }
  constructor(x) { this.x = x; this.y = new.target; }
  get length() { return this.x; }
  set length(v) { this.x = v; }
  static make(...args) { return new this(...args); }
  ['key' + 2]() {}
}
class Point3 extends Point {
  constructor(z) {
    super(...z);
    this.z = z;
    super.x = super['length'];
  }
  move(by) { return super.move(by) + super.x; }
}
class Lazy extends Point {
  constructor(flag) {
    const later = () => super(1);
    if (flag) later(); else super(2);
    return this.check();
  }
}
class Twice extends Point { constructor(flag) { if (flag) super(1); super(2); } }
class Empty extends Point {}
const Anonymous = class { static name = 'own'; };
