import Testing

/// Errors: their stack, and what else they have. The expected text is what Node 20 prints.
@Suite struct InspectorErrorTests {
  @Test func `an error is shown with its stack, indented inside of objects`() throws {
    try expectPrinted(
      #"""
      const e = new Error("boom");
      e.stack = "Error: boom\n    at f (file.js:1:2)\n    at g (file.js:3:4)";
      console.log(e, [e], { e: { e } });
      """#,
      #"""
      Error: boom
          at f (file.js:1:2)
          at g (file.js:3:4) [
        Error: boom
            at f (file.js:1:2)
            at g (file.js:3:4)
      ] {
        e: {
          e: Error: boom
              at f (file.js:1:2)
              at g (file.js:3:4)
        }
      }
      """#)
  }

  @Test func `an error without a stack stands in brackets`() throws {
    try expectPrinted(
      #"""
      const e = new TypeError("boom");
      e.stack = undefined;
      console.log(e, [e], { a: { b: { c: { e } } } });
      const d = new RangeError("deleted");
      delete d.stack;
      console.log(d);
      const s = new Error("short");
      s.stack = "Error: short";
      console.log(s);
      """#,
      #"""
      [TypeError: boom] [ [TypeError: boom] ] { a: { b: { c: [Object] } } }
      [RangeError: deleted]
      [Error: short]
      """#)
  }

  @Test func `further properties follow in braces`() throws {
    try expectPrinted(
      #"""
      const e = new Error("boom");
      e.stack = "Error: boom\n    at f (file.js:1:2)";
      e.code = "E_CODE";
      e.info = { a: [1] };
      console.log(e, [e]);
      """#,
      #"""
      Error: boom
          at f (file.js:1:2) {
        code: 'E_CODE',
        info: { a: [ 1 ] }
      } [
        Error: boom
            at f (file.js:1:2) {
          code: 'E_CODE',
          info: { a: [Array] }
        }
      ]
      """#)
  }

  @Test func `the class of an error takes the place of an inherited name`() throws {
    try expectPrinted(
      #"""
      class MyError extends Error {}
      class Plain extends TypeError {}
      for (const C of [MyError, Plain, class extends Error {}]) {
        const e = new C("text");
        e.stack = `${e.name}: text\n    at f (file.js:1:2)`;
        console.log(e);
      }
      """#,
      #"""
      MyError: text
          at f (file.js:1:2)
      Plain [TypeError]: text
          at f (file.js:1:2)
      Error: text
          at f (file.js:1:2)
      """#)
  }

  @Test func `the cause is shown below`() throws {
    try expectPrinted(
      #"""
      const cause = new Error("cause");
      cause.stack = "Error: cause\n    at f (file.js:1:2)";
      const e = new Error("outer", { cause });
      e.stack = "Error: outer\n    at g (file.js:3:4)";
      console.log(e);
      const t = new Error("outer", { cause: "text" });
      t.stack = "Error: outer\n    at g (file.js:3:4)";
      console.log(t);
      """#,
      #"""
      Error: outer
          at g (file.js:3:4) {
        [cause]: Error: cause
            at f (file.js:1:2)
      }
      Error: outer
          at g (file.js:3:4) {
        [cause]: 'text'
      }
      """#)
  }

  @Test func `frames that the cause has too are left out`() throws {
    try expectPrinted(
      #"""
      const cause = new Error("c");
      cause.stack = "Error: c\n    at a (f:1:1)\n    at b (f:2:1)\n    at c (f:3:1)\n    at d (f:4:1)\n    at e (f:5:1)";
      const e = new Error("o", { cause });
      e.stack = "Error: o\n    at z (f:9:1)\n    at b (f:2:1)\n    at c (f:3:1)\n    at d (f:4:1)\n    at e (f:5:1)";
      console.log(e);
      """#,
      #"""
      Error: o
          at z (f:9:1)
          at b (f:2:1)
          ... 2 lines matching cause stack trace ...
          at e (f:5:1) {
        [cause]: Error: c
            at a (f:1:1)
            at b (f:2:1)
            at c (f:3:1)
            at d (f:4:1)
            at e (f:5:1)
      }
      """#)
  }

  @Test func `the errors of an aggregate are listed`() throws {
    try expectPrinted(
      #"""
      const one = new Error("one");
      one.stack = "Error: one\n    at f (file.js:1:2)";
      const e = new AggregateError([one], "many");
      e.stack = "AggregateError: many\n    at g (file.js:3:4)";
      console.log(e);
      """#,
      #"""
      AggregateError: many
          at g (file.js:3:4) {
        [errors]: [
          Error: one
              at f (file.js:1:2)
        ]
      }
      """#)
  }

  @Test func `an error that holds itself is circular`() throws {
    try expectPrinted(
      #"""
      const e = new Error("circular");
      e.stack = "Error: circular\n    at f (file.js:1:2)";
      e.self = e;
      console.log(e);
      """#,
      #"""
      <ref *1> Error: circular
          at f (file.js:1:2) {
        self: [Circular *1]
      }
      """#)
  }

  @Test func `an error without a prototype`() throws {
    try expectPrinted(
      #"""
      const e = new Error("lost");
      e.stack = "Error: lost\n    at f (file.js:1:2)";
      Object.setPrototypeOf(e, null);
      console.log(e);
      """#,
      #"""
      [Error: null prototype]: lost
          at f (file.js:1:2)
      """#)
  }

  @Test func `an error as text`() throws {
    try expectPrinted(
      #"""
      const e = new Error("text");
      e.stack = "Error: text\n    at f (file.js:1:2)";
      console.log("%s|", e);
      console.log("failed:", e);
      """#,
      #"""
      Error: text
          at f (file.js:1:2)|
      failed: Error: text
          at f (file.js:1:2)
      """#)
  }

  @Test func `objects that inherit from an error`() throws {
    try expectPrinted(
      #"""
      console.log(Object.create(Error.prototype), [Object.create(TypeError.prototype)]);
      """#,
      #"""
      [Error] [ [TypeError] ]
      """#)
  }
}
