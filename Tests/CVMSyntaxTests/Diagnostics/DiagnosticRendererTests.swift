import CVMSyntax
import Testing

@Suite("Diagnostics as people read them")
struct DiagnosticRendererTests {
  private func rendered(_ text: String, width: Int = 80) -> String {
    rendered(Array(text.utf8), width: width)
  }

  private func rendered(_ bytes: [UInt8], width: Int = 80) -> String {
    let source = SourceFile(name: "main.js", bytes: bytes)
    return DiagnosticRenderer(width: width).render(parse(source).diagnostics, in: source)
  }

  @Test func `place, message, line and caret`() {
    #expect(
      rendered("let a = 1\nlet b = ;\n") == """
        main.js:2:9: SyntaxError: Expected an expression, found `;`
          let b = ;
                  ^

        """)
  }

  @Test func `a note shows the other place`() {
    #expect(
      rendered("let abc = 1;\n\nlet abc = 2;") == """
        main.js:3:5: SyntaxError: `abc` has already been declared
          let abc = 2;
              ^^^
        main.js:1:5: note: `abc` is first declared here
          let abc = 1;
              ^^^

        """)
  }

  @Test func `the caret stands behind the last character at the end`() {
    #expect(
      rendered("f(1,") == """
        main.js:1:5: SyntaxError: Expected an expression, found the end of the source
          f(1,
              ^

        """)
  }

  @Test func `tabs, wide and control characters keep the caret in place`() {
    #expect(
      rendered("\tx = '日本\u{1B}' ;;\t= 2") == """
        main.js:1:15: SyntaxError: Expected an expression, found `=`
              x = '日本\\u{1b}' ;; = 2
                                  ^

        """)
  }

  @Test func `malformed bytes are shown as such`() {
    #expect(
      rendered([0x61, 0x20, 0xFF, 0x62]) == """
        main.js:1:3: SyntaxError: The source is not valid UTF-8: byte 0xFF
          a \u{FFFD}b
            ^

        """)
  }

  @Test func `a long line is cut around the caret`() {
    let text = String(repeating: "abcdefghi;", count: 50) + "let = 1;" + String(repeating: "abcdefghi;", count: 50)
    #expect(
      rendered(text) == """
        main.js:1:505: SyntaxError: Expected a name, found `=`
          ...ghi;abcdefghi;abcdefghi;abcdefghi;abcdefghi;let = 1;abcdefghi;abcdefghi;...
                                                             ^

        """)
  }

  @Test(arguments: [0, 1, 2, 40, 75, 76, 77, 78, 79, 80, 81, 500, 5_000], [40, 80])
  func `no line of output is wider than the terminal`(prefix: Int, width: Int) {
    for filler in ["a", "日", "\t", "\u{1}"] {
      let text = "'" + String(repeating: filler, count: prefix) + "' 1" + String(repeating: filler, count: 200)
      for line in rendered(text, width: width).split(separator: "\n").dropFirst() {
        let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value == 0x65E5 ? 2 : 1) }
        #expect(columns <= width)
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 })
      }
    }
  }

  @Test func `a message does not carry control characters out of the source`() {
    #expect(!rendered("a 'x\u{1B}[31m'").contains("\u{1B}"))
  }
}

@Suite("Lines and columns")
struct SourceFileTests {
  @Test func `lines end at every line terminator`() {
    let source = SourceFile(name: "x", text: "a\nb\r\nc\rd\u{2028}e\u{2029}f")
    #expect(source.lineCount == 6)
    let lines = (1...6).map { source.text(in: source.range(ofLine: $0)) }
    #expect(lines == ["a", "b", "c", "d", "e", "f"])
  }

  @Test func `every offset has a place, also behind the end`() {
    let text = "aé\n日本\r\n😀"
    let source = SourceFile(name: "x", text: text)
    #expect(source.location(at: 0) == CVMSyntax.SourceLocation(line: 1, column: 1))
    #expect(source.location(at: 3) == CVMSyntax.SourceLocation(line: 1, column: 3))
    #expect(source.location(at: 7) == CVMSyntax.SourceLocation(line: 2, column: 2))
    #expect(source.location(at: 12) == CVMSyntax.SourceLocation(line: 3, column: 1))
    #expect(source.location(at: 99) == CVMSyntax.SourceLocation(line: 3, column: 2))
  }
}
