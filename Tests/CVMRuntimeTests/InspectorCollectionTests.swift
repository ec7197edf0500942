import Testing

/// Maps, sets, iterators, boxed primitives, symbols and tags. The expected text is what Node 20 prints.
@Suite struct InspectorCollectionTests {
  @Test func `maps and sets show their size and entries`() throws {
    try expectPrinted(
      #"""
      console.log(new Map([["a", 1], ["b", { c: 2 }]]), new Set([1, "x", [2]]), new Map(), new Set());
      console.log(new Map([[{ a: 1 }, "x"], ["k", new Map([[1, new Map([[2, new Map()]])]])]]));
      console.log({ a: { b: { c: new Map([[1, 2]]), d: new Set([1]) } } });
      """#,
      #"""
      Map(2) { 'a' => 1, 'b' => { c: 2 } } Set(3) { 1, 'x', [ 2 ] } Map(0) {} Set(0) {}
      Map(2) {
        { a: 1 } => 'x',
        'k' => Map(1) { 1 => Map(1) { 2 => Map(0) {} } }
      }
      { a: { b: { c: [Map], d: [Set] } } }
      """#)
  }

  @Test func `after a hundred entries the rest is counted`() throws {
    try expectPrinted(
      #"""
      const map = new Map(), set = new Set();
      for (let i = 0; i < 102; i++) set.add(i);
      for (let i = 0; i < 101; i++) map.set(i, -i);
      console.log([...map.keys()].length, new Set([...set].slice(90)));
      console.dir(map, { maxArrayLength: 3 });
      console.dir(set, { maxArrayLength: 3 });
      """#,
      #"""
      101 Set(12) { 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101 }
      Map(101) { 0 => -0, 1 => -1, 2 => -2, ... 98 more items }
      Set(102) { 0, 1, 2, ... 99 more items }
      """#)
  }

  @Test func `iterators show what they will still deliver`() throws {
    try expectPrinted(
      #"""
      const m = new Map([["a", 1], ["b", { x: 1 }]]), s = new Set(["p", "q"]);
      console.log(m.keys(), m.values(), m.entries(), s.values(), s.entries());
      const it = m.entries();
      it.next();
      console.log(it);
      it.next();
      console.log(it, [1][Symbol.iterator](), "abc"[Symbol.iterator]());
      """#,
      #"""
      [Map Iterator] { 'a', 'b' } [Map Iterator] { 1, { x: 1 } } [Map Entries] { [ 'a', 1 ], [ 'b', { x: 1 } ] } [Set Iterator] { 'p', 'q' } [Set Entries] { [ 'p', 'p' ], [ 'q', 'q' ] }
      [Map Entries] { [ 'b', { x: 1 } ] }
      [Map Entries] {  } Object [Array Iterator] {} Object [String Iterator] {}
      """#)
  }

  @Test func `classes that extend collections are named`() throws {
    try expectPrinted(
      #"""
      class MyMap extends Map {}
      class MySet extends Set {}
      class MyArray extends Array {}
      console.log(new MyMap([[1, 2]]), new MySet([1]), new MyMap(), MyArray.from([1, 2]), new MyArray());
      """#,
      #"""
      MyMap(1) [Map] { 1 => 2 } MySet(1) [Set] { 1 } MyMap(0) [Map] {} MyArray(2) [ 1, 2 ] MyArray(0) []
      """#)
  }

  @Test func `further properties of collections follow their entries`() throws {
    try expectPrinted(
      #"""
      console.log(Object.assign(new Map(), { a: 1 }), Object.assign(new Set([1]), { z: { a: 1 } }));
      """#,
      #"""
      Map(0) { a: 1 } Set(1) { 1, z: { a: 1 } }
      """#)
  }

  @Test func `boxed primitives show what they hold`() throws {
    try expectPrinted(
      #"""
      console.log(new Number(3), new String("abc"), new Boolean(false), Object(Symbol("a")), new Number(-0));
      class MyString extends String {}
      console.log(Object.assign(new String("xyz"), { foo: 1 }), new MyString("q"));
      """#,
      #"""
      [Number: 3] [String: 'abc'] [Boolean: false] [Symbol: Symbol(a)] [Number: -0]
      [String: 'xyz'] { foo: 1 } [String (MyString): 'q']
      """#)
  }

  @Test func `symbols as values and as keys`() throws {
    try expectPrinted(
      #"""
      console.log(Symbol("desc"), { [Symbol("a")]: 1, [Symbol()]: 2, [Symbol.iterator]: 3 }, { [Symbol("it's\n")]: 1 });
      """#,
      #"""
      Symbol(desc) { [Symbol(a)]: 1, [Symbol()]: 2, [Symbol(Symbol.iterator)]: 3 } { [Symbol(it\'s\n)]: 1 }
      """#)
  }

  @Test func `a tag stands beside the name of the class`() throws {
    try expectPrinted(
      #"""
      class Data {}
      Object.defineProperty(Data.prototype, Symbol.toStringTag, { value: "tag" });
      class Getter { get [Symbol.toStringTag]() { return "Tag"; } }
      console.log(new Data(), new Getter(), { a: { b: { c: new Data() } } }, { [Symbol.toStringTag]: "own", a: 1 });
      console.log(Math, JSON, Reflect);
      """#,
      #"""
      Data [tag] {} Getter [Tag] {} { a: { b: { c: Data [tag] {} } } } { a: 1, [Symbol(Symbol.toStringTag)]: 'own' }
      Object [Math] {} Object [JSON] {} Object [Reflect] {}
      """#)
  }

  @Test func `properties that are not enumerable are not shown`() throws {
    try expectPrinted(
      #"""
      const o = {};
      Object.defineProperty(o, "hidden", { value: 1 });
      Object.defineProperty(o, "shown", { value: 1, enumerable: true });
      console.log(o);
      console.log("%o", o);
      """#,
      #"""
      { shown: 1 }
      { [hidden]: 1, shown: 1 }
      """#)
  }

  @Test func `objects that lost their prototype say what they are`() throws {
    try expectPrinted(
      #"""
      console.log(Object.setPrototypeOf([1, 2], null), Object.setPrototypeOf(new Map([[1, 2]]), null));
      console.log(Object.setPrototypeOf(new Set([1]), null), Object.setPrototypeOf(function f() {}, null));
      console.log(Object.setPrototypeOf(class Q {}, null), Object.create(Object.create(null)));
      """#,
      #"""
      [Array(2): null prototype] [ 1, 2 ] [Map(1): null prototype] { 1 => 2 }
      [Set(1): null prototype] { 1 } [Function (null prototype): f]
      [class Q extends [null prototype]] Object <[Object: null prototype] {}> {}
      """#)
  }

  @Test func `a prototype of another kind changes the name`() throws {
    try expectPrinted(
      #"""
      console.log(Object.setPrototypeOf({ a: 1 }, Array.prototype), Object.setPrototypeOf([1, 2], Object.prototype));
      function Old() { this.a = 1; }
      console.log(new Old(), Object.create(Old.prototype), Old.prototype);
      Old.prototype = { x: 1 };
      console.log(new Old());
      """#,
      #"""
      Array { a: 1 } { '0': 1, '1': 2 }
      Old { a: 1 } Old {} {}
      { a: 1 }
      """#)
  }

  @Test func `prototypes of built-ins`() throws {
    try expectPrinted(
      #"""
      console.log(Object.prototype, Array.prototype, Function.prototype, Map.prototype, Set.prototype);
      console.log(String.prototype, Number.prototype, Symbol.prototype, Error.prototype, TypeError.prototype);
      """#,
      #"""
      [Object: null prototype] {} Object(0) [] [Function (anonymous)] Object Object [Map] {} Object [Set] {}
      {} {} Object [Symbol] {} {} [Error [TypeError]]
      """#)
  }

  @Test func `accessors among the elements of an array`() throws {
    try expectPrinted(
      #"""
      const list = [1, 2, 3];
      Object.defineProperty(list, 1, { get() { throw 1; }, enumerable: true });
      console.log(list, Object.freeze([1, , 2]), Object.freeze({ a: 1 }));
      """#,
      #"""
      [ 1, [Getter], 3 ] [ 1, <1 empty item>, 2 ] { a: 1 }
      """#)
  }

  @Test func `a table of a map has keys and values`() throws {
    try expectPrinted(
      #"""
      console.table(new Map([["a", 1], ["b", { x: 1 }]]));
      console.table(new Set([1, "x"]));
      """#,
      #"""
      ┌───────────────────┬─────┬──────────┐
      │ (iteration index) │ Key │ Values   │
      ├───────────────────┼─────┼──────────┤
      │ 0                 │ 'a' │ 1        │
      │ 1                 │ 'b' │ { x: 1 } │
      └───────────────────┴─────┴──────────┘
      ┌───────────────────┬────────┐
      │ (iteration index) │ Values │
      ├───────────────────┼────────┤
      │ 0                 │ 1      │
      │ 1                 │ 'x'    │
      └───────────────────┴────────┘
      """#)
  }

  @Test func `functions in the detailed form`() throws {
    try expectPrinted(
      #"""
      console.log("%o", function f(a, b) {});
      console.log("%o", { m: new Map([[1, { a: 1 }]]), s: new Set([1]), a: [1] });
      """#,
      #"""
      <ref *1> [Function: f] {
        [length]: 2,
        [name]: 'f',
        [prototype]: { [constructor]: [Circular *1] }
      }
      { m: Map(1) { 1 => { a: 1 } }, s: Set(1) { 1 }, a: [ 1, [length]: 1 ] }
      """#)
  }

  @Test func `an object with a conversion of its own is converted for a string`() throws {
    try expectPrinted(
      #"""
      console.log("%s", new (class { toString() { return "own text"; } })());
      console.log("%s|%s", new (class Point { x = { y: { z: 1 } }; })(), Object.assign(Object.create(null), { a: 1 }));
      """#,
      #"""
      own text
      Point { x: [Object] }|[Object: null prototype] { a: 1 }
      """#)
  }

  @Test func `many strings of different length are put in columns`() throws {
    try expectPrinted(
      #"""
      console.log(Array.from({ length: 60 }, (_, i) => "x".repeat(i % 13)));
      console.log("the quick brown fox jumps over the lazy dog and runs".split(" "));
      """#,
      #"""
      [
        '',             'x',            'xx',           'xxx',
        'xxxx',         'xxxxx',        'xxxxxx',       'xxxxxxx',
        'xxxxxxxx',     'xxxxxxxxx',    'xxxxxxxxxx',   'xxxxxxxxxxx',
        'xxxxxxxxxxxx', '',             'x',            'xx',
        'xxx',          'xxxx',         'xxxxx',        'xxxxxx',
        'xxxxxxx',      'xxxxxxxx',     'xxxxxxxxx',    'xxxxxxxxxx',
        'xxxxxxxxxxx',  'xxxxxxxxxxxx', '',             'x',
        'xx',           'xxx',          'xxxx',         'xxxxx',
        'xxxxxx',       'xxxxxxx',      'xxxxxxxx',     'xxxxxxxxx',
        'xxxxxxxxxx',   'xxxxxxxxxxx',  'xxxxxxxxxxxx', '',
        'x',            'xx',           'xxx',          'xxxx',
        'xxxxx',        'xxxxxx',       'xxxxxxx',      'xxxxxxxx',
        'xxxxxxxxx',    'xxxxxxxxxx',   'xxxxxxxxxxx',  'xxxxxxxxxxxx',
        '',             'x',            'xx',           'xxx',
        'xxxx',         'xxxxx',        'xxxxxx',       'xxxxxxx'
      ]
      [
        'the',   'quick',
        'brown', 'fox',
        'jumps', 'over',
        'the',   'lazy',
        'dog',   'and',
        'runs'
      ]
      """#)
  }

  @Test func `many objects`() throws {
    try expectPrinted(
      #"""
      console.log(Array.from({ length: 10 }, (_, i) => ({ id: i })), Array.from({ length: 10 }, (_, i) => [i, i * i]));
      """#,
      #"""
      [
        { id: 0 }, { id: 1 },
        { id: 2 }, { id: 3 },
        { id: 4 }, { id: 5 },
        { id: 6 }, { id: 7 },
        { id: 8 }, { id: 9 }
      ] [
        [ 0, 0 ],  [ 1, 1 ],
        [ 2, 4 ],  [ 3, 9 ],
        [ 4, 16 ], [ 5, 25 ],
        [ 6, 36 ], [ 7, 49 ],
        [ 8, 64 ], [ 9, 81 ]
      ]
      """#)
  }
}
