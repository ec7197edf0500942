import CVMText
import Testing

@Suite struct JSONDocumentTests {
  private func refusal(_ text: String) -> String {
    do {
      _ = try JSONDocument(Array(text.utf8))
      return "read"
    } catch { return "\(error)" }
  }

  @Test func `values are found by name and place`() throws {
    let document = try JSONDocument(
      Array(#" {"a": [1, -2.5e3, {"b": null}], "c\u0041": "\ud83d\ude00é\ud800", "t": true} "#.utf8))
    let list = try #require(document.member("a", of: document.root))
    #expect(document.elements(of: list).map { document.lexeme($0) } == ["1", "-2.5e3", nil])
    #expect(document.elementCount(of: list) == 3)
    let text = try #require(document.member("cA", of: document.root))
    #expect(document.units(text) == [0xd83d, 0xde00, 0xe9, 0xd800])
    #expect(document.member("t", of: document.root).flatMap { document.boolean($0) } == true)
    let null = try #require(Array(document.elements(of: list)).last.flatMap { document.member("b", of: $0) })
    #expect(document.kind(null) == .null)
    #expect(document.path(of: null) == "a[2].b")
    #expect(document.error("no", at: null).description == "line 1, column 26, a[2].b: no")
  }

  @Test(arguments: [
    ("", "line 1, column 1: a value is missing"), ("{", "line 1, column 2: the text ends inside of an object"),
    ("[1,]", "line 1, column 4: this is no value"), ("[1 2]", "line 1, column 4: a comma or ] is missing"),
    ("{\"a\" 1}", "line 1, column 6: a colon is missing"), ("{1: 2}", "line 1, column 2: a name is missing"),
    ("\n\n  nul", "line 3, column 3: this is no value"), ("01", "line 1, column 1: a number begins with 0"),
    ("1.", "line 1, column 1: a number ends with its point"),
    ("1e+", "line 1, column 1: a number ends with its exponent's sign"),
    ("-", "line 1, column 1: this is no value"), ("1 1", "line 1, column 3: something follows the value"),
    ("\"a", "line 1, column 1: a string does not end"), ("\"\\x\"", "line 1, column 2: an escape is malformed"),
    ("\"\\u12g4\"", "line 1, column 2: an escape is malformed"),
    ("\"\u{1}\"", "line 1, column 2: a control character stands in a string"),
    ("{\"a\":1,\"\\u0061\":2}", "line 1, column 8, a: this name is there twice"),
    ("1-1", "line 1, column 1: this is no number"),
    ("[", "line 1, column 2: the text ends inside of an array"), ("\"\\", "line 1, column 2: a string does not end"),
    ("NaN", "line 1, column 1: this is no value"),
  ])
  func `what is wrong is said with its place`(text: String, expected: String) {
    #expect(refusal(text) == expected)
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    for bytes: [UInt8] in [
      [0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0xf0, 0x80, 0x80, 0x80],
    ] {
      #expect(throws: JSONError("a string is no UTF-8", line: 1, column: 2)) {
        try JSONDocument([0x22] + bytes + [0x22])
      }
    }
  }

  @Test func `depth costs no stack, and has an end`() throws {
    let deep = String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000)
    #expect(try JSONDocument(Array(deep.utf8)).count == 50_000)
    #expect(refusal(String(repeating: "{\"a\":", count: 200_000)).contains("nested deeper than 100000"))
  }

  @Test func `Base64 is what others write`() {
    for (text, encoded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
      #expect(Base64.encode(text.utf8) == encoded)
      #expect(Base64.decode(encoded) == Array(text.utf8))
    }
    for bad in ["Zg=", "Zg", "Z===", "Zh==", "Zm 9", "Zg==Zg==", "=AAA"] { #expect(Base64.decode(bad) == nil) }
  }
}
