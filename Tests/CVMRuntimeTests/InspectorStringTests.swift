import Testing

/// Quotes, escapes and long strings. The expected text is what Node 20 prints.
@Suite struct InspectorStringTests {
  @Test func `the quotes are those that need no escapes`() throws {
    try expectPrinted(
      #"""
      console.log(["it's", 'say "hi"', `both ' and "`, `all ' and " and \``, "$ { ' \" ${"]);
      """#,
      #"""
      [
        "it's",
        'say "hi"',
        `both ' and "`,
        'all \' and " and `',
        '$ { \' " ${'
      ]
      """#)
  }

  @Test func `control characters and lone surrogates are escaped`() throws {
    try expectPrinted(
      #"""
      console.log(["\n\t\b\f\r\v\0", "\x1b[1m", "\x7f\x9f", "\\", "\ud83d", "\udc00x", "\u{1F600}", "é\u2028"]);
      """#,
      #"""
      [
        '\n\t\b\f\r\x0B\x00',
        '\x1B[1m',
        '\x7F\x9F',
        '\\',
        '\ud83d',
        '\udc00x',
        '😀',
        'é\#u{2028}'
      ]
      """#)
  }

  @Test func `a long string with line breaks is split at them`() throws {
    try expectPrinted(
      #"""
      console.log({ text: "a long text that is longer than sixteen characters\nwith a line break and another part that goes on" });
      console.log(["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n\nb\nc\n"], { k: "x\ny" });
      """#,
      #"""
      {
        text: 'a long text that is longer than sixteen characters\n' +
          'with a line break and another part that goes on'
      }
      [
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n' +
          '\n' +
          'b\n' +
          'c\n'
      ] { k: 'x\ny' }
      """#)
  }

  @Test func `a string on its own is printed as it is`() throws {
    try expectPrinted(
      #"""
      console.log("a\n'b'\t\\");
      console.log("");
      console.log("a", "b", 1);
      """#,
      #"""
      a
      'b'	\

      a b 1
      """#)
  }
}
