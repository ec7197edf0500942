import Testing

/// Plain objects, classes, functions and accessors as `console.log` shows them. The expected text is what Node 20 prints.
@Suite struct InspectorObjectTests {
  @Test func `an empty object and an empty array have nothing between the brackets`() throws {
    try expectPrinted(
      #"""
      console.log({}, [], { a: {} }, [[]]);
      """#,
      #"""
      {} [] { a: {} } [ [] ]
      """#)
  }

  @Test func `strings are quoted inside of objects only`() throws {
    try expectPrinted(
      #"""
      console.log("a", ["a"], { a: "b" });
      """#,
      #"""
      a [ 'a' ] { a: 'b' }
      """#)
  }

  @Test func `objects past the third level are abbreviated`() throws {
    try expectPrinted(
      #"""
      console.log({ a: { b: { c: { d: 1 } } } }, { a: { b: { c: {} } } }, [[[[1]]]], { a: { b: { c: [] } } });
      """#,
      #"""
      { a: { b: { c: [Object] } } } { a: { b: { c: {} } } } [ [ [ [Array] ] ] ] { a: { b: { c: [] } } }
      """#)
  }

  @Test func `an instance is shown with the name of its class`() throws {
    try expectPrinted(
      #"""
      class Point { constructor() { this.x = 1; } }
      class Point3 extends Point { get z() { return 1; } }
      console.log(new Point(), new Point3(), [new Point()], { a: { b: { c: new Point() } } });
      console.log(Point.prototype, Point3.prototype);
      """#,
      #"""
      Point { x: 1 } Point3 { x: 1 } [ Point { x: 1 } ] { a: { b: { c: [Point] } } }
      {} Point {}
      """#)
  }

  @Test func `functions and classes are shown by name`() throws {
    try expectPrinted(
      #"""
      function f() {}
      class A {}
      class B extends A {}
      console.log(f, () => 1, A, B, class {}, class extends A {}, function () {});
      console.log({ m() {}, g: () => {}, h: function () {}, k: class {}, l: class Q extends A {} });
      """#,
      #"""
      [Function: f] [Function (anonymous)] [class A] [class B extends A] [class (anonymous)] [class (anonymous) extends A] [Function (anonymous)]
      {
        m: [Function: m],
        g: [Function: g],
        h: [Function: h],
        k: [class k],
        l: [class Q extends A]
      }
      """#)
  }

  @Test func `own properties of functions and classes follow in braces`() throws {
    try expectPrinted(
      #"""
      function f() {}
      f.a = 1;
      class A { static count = 5; }
      console.log(f, [f], A);
      """#,
      #"""
      [Function: f] { a: 1 } [ [Function: f] { a: 1 } ] [class A] { count: 5 }
      """#)
  }

  @Test func `accessors are named and not run`() throws {
    try expectPrinted(
      #"""
      console.log({ get a() { throw 1; }, set a(v) {}, get b() { throw 1; }, set c(v) {} });
      """#,
      #"""
      { a: [Getter/Setter], b: [Getter], c: [Setter] }
      """#)
  }

  @Test func `keys that are no identifiers are quoted`() throws {
    try expectPrinted(
      #"""
      console.log({ "a-b": 1, "1a": 2, 3: 4, "": 1, "ü": 2, $: 1, _x1: 2, "it's": 3, "\n": 4 });
      """#,
      #"""
      {
        '3': 4,
        'a-b': 1,
        '1a': 2,
        '': 1,
        'ü': 2,
        '$': 1,
        _x1: 2,
        "it's": 3,
        '\n': 4
      }
      """#)
  }

  @Test func `an object without a prototype says so`() throws {
    try expectPrinted(
      #"""
      console.log({ __proto__: null }, { __proto__: null, x: 1 }, { a: { b: { c: { __proto__: null } } } });
      console.log({ __proto__: { __proto__: null } }, { __proto__: { __proto__: null, y: 1 }, z: 2 });
      """#,
      #"""
      [Object: null prototype] {} [Object: null prototype] { x: 1 } { a: { b: { c: [Object: null prototype] {} } } }
      Object <[Object: null prototype] {}> {} Object <[Object: null prototype]> { z: 2 }
      """#)
  }

  @Test func `circular references are numbered in the order in which they are met`() throws {
    try expectPrinted(
      #"""
      let a = { x: 1 };
      a.self = a;
      a.inner = { a, list: [a] };
      console.log(a);
      let b = {}, c = { b };
      b.c = c;
      console.log(b, [b, c]);
      console.log({ b, c });
      """#,
      #"""
      <ref *1> {
        x: 1,
        self: [Circular *1],
        inner: { a: [Circular *1], list: [ [Circular *1] ] }
      }
      <ref *1> { c: { b: [Circular *1] } } [
        <ref *1> { c: { b: [Circular *1] } },
        <ref *2> { b: <ref *1> { c: [Circular *2] } }
      ]
      {
        b: <ref *1> { c: { b: [Circular *1] } },
        c: <ref *2> { b: <ref *1> { c: [Circular *2] } }
      }
      """#)
  }

  @Test func `many properties are not cut off`() throws {
    try expectPrinted(
      #"""
      let many = {};
      for (let i = 0; i < 40; i++) many["key" + i] = i;
      console.log(many);
      """#,
      #"""
      {
        key0: 0,
        key1: 1,
        key2: 2,
        key3: 3,
        key4: 4,
        key5: 5,
        key6: 6,
        key7: 7,
        key8: 8,
        key9: 9,
        key10: 10,
        key11: 11,
        key12: 12,
        key13: 13,
        key14: 14,
        key15: 15,
        key16: 16,
        key17: 17,
        key18: 18,
        key19: 19,
        key20: 20,
        key21: 21,
        key22: 22,
        key23: 23,
        key24: 24,
        key25: 25,
        key26: 26,
        key27: 27,
        key28: 28,
        key29: 29,
        key30: 30,
        key31: 31,
        key32: 32,
        key33: 33,
        key34: 34,
        key35: 35,
        key36: 36,
        key37: 37,
        key38: 38,
        key39: 39
      }
      """#)
  }

  @Test func `a chain of a hundred objects is abbreviated`() throws {
    try expectPrinted(
      #"""
      let chain = { a: 1 };
      for (let i = 0; i < 100; i++) chain = { chain, i };
      console.log(chain);
      """#,
      #"""
      { chain: { chain: { chain: [Object], i: 97 }, i: 98 }, i: 99 }
      """#)
  }

  @Test func `arguments are shown with their indices`() throws {
    try expectPrinted(
      #"""
      console.log((function () { return arguments; })(1, [2], "x"), (function () { return arguments; })());
      """#,
      #"""
      [Arguments] { '0': 1, '1': [ 2 ], '2': 'x' } [Arguments] {}
      """#)
  }

  @Test func `numbers are shown with their sign, even zero`() throws {
    try expectPrinted(
      #"""
      console.log(-0, 0, [-0], 0.1, 1e21, 1e-7, -1.5, 2 ** 53, 0 / 0, 1 / 0);
      """#,
      #"""
      -0 0 [ -0 ] 0.1 1e+21 1e-7 -1.5 9007199254740992 NaN Infinity
      """#)
  }
}
