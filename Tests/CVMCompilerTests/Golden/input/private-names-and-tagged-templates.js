class A {
  #x = 1;
  #m() {}
  get #g() { return this.#x; }
  test(o) {
    this.#x = o.#x;
    this.#m();
    this.#m = 2;
    return #x in o && this.#g;
  }
}
const tag = (s) => s;
tag`a${1}\n`;
