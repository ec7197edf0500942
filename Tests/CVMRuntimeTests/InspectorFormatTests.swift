import Testing

/// The placeholders of a first string. The expected text is what Node 20 prints.
@Suite struct InspectorFormatTests {
  @Test func `numbers are converted as each placeholder says`() throws {
    try expectPrinted(
      #"""
      console.log("%d %i %f %s", 42.5, 42.9, "1.5abc", -0);
      console.log("%d %d %d %i %f %i", "0x10", "x", {}, "12abc", "-.5e3x", "  -0x1f");
      """#,
      #"""
      42.5 42 1.5 -0
      16 NaN NaN 12 -500 -31
      """#)
  }

  @Test func `objects are shown one level deep for strings and whole for inspection`() throws {
    try expectPrinted(
      #"""
      console.log("%s", { a: { b: 1 } }, [1, [2, [3]]]);
      console.log("%O|%s|%j", { a: { b: { c: { d: 1 } } } }, [1, { a: 2 }], { a: [1, "x\n", null, undefined], b: undefined });
      """#,
      #"""
      { a: [Object] } [ 1, [ 2, [ 3 ] ] ]
      { a: { b: { c: [Object] } } }|[ 1, [Object] ]|{"a":[1,"x\n",null,null]}
      """#)
  }

  @Test func `the detailed form shows what is not enumerable`() throws {
    try expectPrinted(
      #"""
      console.log("%o", { b: [1, 2], c: { d: { e: { g: { h: 1 } } } } });
      """#,
      #"""
      {
        b: [ 1, 2, [length]: 2 ],
        c: {
          d: { e: { g: { h: 1 } } }
        }
      }
      """#)
  }

  @Test func `a style is skipped and a doubled percent sign is one`() throws {
    try expectPrinted(
      #"""
      console.log("%cred", "color: red", "rest");
      console.log("100%", 1);
      console.log("a%%b", 1);
      console.log("a%%b");
      console.log("%x %", 1);
      """#,
      #"""
      red rest
      100% 1
      a%b 1
      a%%b
      %x % 1
      """#)
  }

  @Test func `placeholders without a value stay`() throws {
    try expectPrinted(
      #"""
      console.log("%s %s %d", 1);
      console.log("%s");
      """#,
      #"""
      1 %s %d
      %s
      """#)
  }

  @Test func `values without a placeholder are appended`() throws {
    try expectPrinted(
      #"""
      console.log("%s", "a", "b", { c: 1 }, "%s");
      console.log(1, "%s", 2);
      """#,
      #"""
      a b { c: 1 } %s
      1 %s 2
      """#)
  }

  @Test func `a circular object has no JSON text`() throws {
    try expectPrinted(
      #"""
      let a = {};
      a.a = a;
      console.log("%j", a);
      """#,
      #"""
      [Circular]
      """#)
  }
}
