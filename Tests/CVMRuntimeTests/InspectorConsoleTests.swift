import Testing

/// The functions of `console` besides `log`. The expected text is what Node 20 prints.
@Suite struct InspectorConsoleTests {
  @Test func `groups indent every line`() throws {
    try expectPrinted(
      #"""
      console.group("G");
      console.log("in\nside", { a: 1 });
      console.group();
      console.info("deeper");
      console.groupEnd();
      console.groupEnd();
      console.groupEnd();
      console.debug("out");
      """#,
      #"""
      G
        in
        side { a: 1 }
          deeper
      out
      """#)
  }

  @Test func `counters have labels`() throws {
    try expectPrinted(
      #"""
      console.count();
      console.count("x");
      console.count();
      console.countReset();
      console.count();
      console.count(null);
      """#,
      #"""
      default: 1
      x: 1
      default: 2
      default: 1
      null: 1
      """#)
  }

  @Test func `resetting an unknown counter is warned of`() throws {
    try expectPrintedToErrors(
      #"""
      console.countReset("nothing");
      """#,
      #"""
      Warning: Count for 'nothing' does not exist
      """#)
  }

  @Test func `stopping an unknown timer is warned of`() throws {
    try expectPrintedToErrors(
      #"""
      console.timeEnd("nothing");
      console.timeLog();
      """#,
      #"""
      Warning: No such label 'nothing' for console.timeEnd()
      Warning: No such label 'default' for console.timeLog()
      """#)
  }

  @Test func `errors and warnings go to the other stream`() throws {
    try expectPrintedToErrors(
      #"""
      console.error("a", { b: 1 });
      console.warn("%s", 2);
      """#,
      #"""
      a { b: 1 }
      2
      """#)
  }

  @Test func `a failed assertion is printed, a held one is not`() throws {
    try expectPrintedToErrors(
      #"""
      console.assert(true, "no");
      console.assert(false);
      console.assert(0, "text %s", 1);
      console.assert(null, { a: 1 }, [2]);
      """#,
      #"""
      Assertion failed
      Assertion failed: text 1
      Assertion failed: [object Object] [ 2 ]
      """#)
  }

  @Test func `a table has a row for each object and a column for each property`() throws {
    try expectPrinted(
      #"""
      console.table([{ a: 1, b: "x" }, { a: 2, c: true }]);
      console.table({ r1: { a: 1 }, r2: { b: { c: { d: 1 } } } });
      """#,
      #"""
      ┌─────────┬───┬─────┬──────┐
      │ (index) │ a │ b   │ c    │
      ├─────────┼───┼─────┼──────┤
      │ 0       │ 1 │ 'x' │      │
      │ 1       │ 2 │     │ true │
      └─────────┴───┴─────┴──────┘
      ┌─────────┬───┬─────────────────┐
      │ (index) │ a │ b               │
      ├─────────┼───┼─────────────────┤
      │ r1      │ 1 │                 │
      │ r2      │   │ { c: [Object] } │
      └─────────┴───┴─────────────────┘
      """#)
  }

  @Test func `a table of arrays and primitives has indices as columns`() throws {
    try expectPrinted(
      #"""
      console.table([[1, 2], [3, 4]]);
      console.table([1, "a", { x: 1 }]);
      console.table([["a", "b"], { 5: 1, z: 2, 1: 3 }]);
      """#,
      #"""
      ┌─────────┬───┬───┐
      │ (index) │ 0 │ 1 │
      ├─────────┼───┼───┤
      │ 0       │ 1 │ 2 │
      │ 1       │ 3 │ 4 │
      └─────────┴───┴───┘
      ┌─────────┬───┬────────┐
      │ (index) │ x │ Values │
      ├─────────┼───┼────────┤
      │ 0       │   │ 1      │
      │ 1       │   │ 'a'    │
      │ 2       │ 1 │        │
      └─────────┴───┴────────┘
      ┌─────────┬─────┬─────┬───┬───┐
      │ (index) │ 0   │ 1   │ 5 │ z │
      ├─────────┼─────┼─────┼───┼───┤
      │ 0       │ 'a' │ 'b' │   │   │
      │ 1       │     │ 3   │ 1 │ 2 │
      └─────────┴─────┴─────┴───┴───┘
      """#)
  }

  @Test func `a table can be limited to some columns`() throws {
    try expectPrinted(
      #"""
      console.table([{ a: 1, b: 2 }, 5], ["b"]);
      """#,
      #"""
      ┌─────────┬───┐
      │ (index) │ b │
      ├─────────┼───┤
      │ 0       │ 2 │
      │ 1       │   │
      └─────────┴───┘
      """#)
  }

  @Test func `a table of nothing and what is no object`() throws {
    try expectPrinted(
      #"""
      console.table([]);
      console.table(5);
      console.table("text");
      """#,
      #"""
      ┌─────────┐
      │ (index) │
      ├─────────┤
      └─────────┘
      5
      text
      """#)
  }

  @Test func `cells abbreviate objects, and wide characters take two columns`() throws {
    try expectPrinted(
      #"""
      console.table([{ a: { x: 1, y: 2, z: 3 }, b: [1, 2, 3, 4, 5], c: [[1]] }]);
      console.table([{ name: "日本", v: 1 }]);
      """#,
      #"""
      ┌─────────┬──────────┬───────────────────────────────┬─────────────┐
      │ (index) │ a        │ b                             │ c           │
      ├─────────┼──────────┼───────────────────────────────┼─────────────┤
      │ 0       │ [Object] │ [ 1, 2, 3, ... 2 more items ] │ [ [Array] ] │
      └─────────┴──────────┴───────────────────────────────┴─────────────┘
      ┌─────────┬────────┬───┐
      │ (index) │ name   │ v │
      ├─────────┼────────┼───┤
      │ 0       │ '日本' │ 1 │
      └─────────┴────────┴───┘
      """#)
  }

  @Test func `dir takes options`() throws {
    try expectPrinted(
      #"""
      let o = { a: { b: { c: { d: { e: 1 } } } } };
      console.dir(o, { depth: null });
      console.dir(o, { depth: 0 });
      console.dir({ b: 1, a: 2 }, { sorted: true });
      console.dir({ a: { b: 1 } }, { compact: false });
      console.dir({ a: { b: { c: 1 } } }, { breakLength: 10 });
      console.dir("abcdefghijkl", { maxStringLength: 5 });
      console.dir([1, 2, 3, 4, 5], { maxArrayLength: 3 });
      """#,
      #"""
      {
        a: {
          b: { c: { d: { e: 1 } } }
        }
      }
      { a: [Object] }
      { a: 2, b: 1 }
      {
        a: {
          b: 1
        }
      }
      {
        a: {
          b: {
            c: 1
          }
        }
      }
      'abcde'... 7 more characters
      [ 1, 2, 3, ... 2 more items ]
      """#)
  }

  @Test func `colours are ANSI sequences by kind`() throws {
    try expectPrinted(
      #"""
      function f() {}
      console.dir({ a: 1, b: [1, true], c: "x", d: null, e: undefined, f, g: { h: { i: {} } } }, { colors: true });
      console.dir([1, 2, 3, 4, 5, 6, 7, 8, 9, 100], { colors: true });
      """#,
      #"""
      {
        a: \#u{1b}[33m1\#u{1b}[39m,
        b: [ \#u{1b}[33m1\#u{1b}[39m, \#u{1b}[33mtrue\#u{1b}[39m ],
        c: \#u{1b}[32m'x'\#u{1b}[39m,
        d: \#u{1b}[1mnull\#u{1b}[22m,
        e: \#u{1b}[90mundefined\#u{1b}[39m,
        f: \#u{1b}[36m[Function: f]\#u{1b}[39m,
        g: { h: { i: {} } }
      }
      [
        \#u{1b}[33m1\#u{1b}[39m, \#u{1b}[33m2\#u{1b}[39m, \#u{1b}[33m3\#u{1b}[39m, \#u{1b}[33m4\#u{1b}[39m,   \#u{1b}[33m5\#u{1b}[39m,
        \#u{1b}[33m6\#u{1b}[39m, \#u{1b}[33m7\#u{1b}[39m, \#u{1b}[33m8\#u{1b}[39m, \#u{1b}[33m9\#u{1b}[39m, \#u{1b}[33m100\#u{1b}[39m
      ]
      """#)
  }

  @Test func `console itself is an object of functions`() throws {
    try expectPrinted(
      #"""
      console.log(typeof console.log, [console.log], console.log.name);
      """#,
      #"""
      function [ [Function: log] ] log
      """#)
  }
}
