function identity<T>(x: T): T { return x; }
class Box<T> {
  value: T;
  constructor(value: T) { this.value = value; }
  map<U>(f: (x: T) => U): Box<U> { return new Box<U>(f(this.value)); }
}
const m = new Map<string, Array<Array<number>>>([['k', [[1]]]]);
console.log(identity<number>(5), new Box<number>(2).map<string>((x) => 'v' + x).value, m.get('k')); // expect: 5 v2 [ [ 1 ] ]
const a = 1, b = 2, c = 3;
console.log(a < b, a < b && b > c); // expect: true false
