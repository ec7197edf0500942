import CVMReport
import Testing

@Suite struct TextTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("日本語", 6), ("e\u{301}", 1), ("한국", 4), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("❤\u{FE0F}", 2), ("❤", 1),
    ("ｱ", 1), ("Ａ", 2), ("\u{1B}[0m", 3), ("a\tb", 2), ("\u{200B}", 0), ("é", 1), ("…", 1), ("🚀x", 3),
  ])
  func charactersTakeTheirColumns(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test(arguments: [
    (0, "0 B"), (1204, "1,204 B"), (9999, "9,999 B"), (10_000, "9.8 KB"), (98_714, "96.4 KB"), (1_048_575, "1.0 MB"),
    (1_048_524, "1,023.9 KB"), (1_153_434, "1.1 MB"), (5_000_000_000, "4.7 GB"), (UInt64.max, "16.0 EB"),
  ])
  func sizesAreShortForPeople(bytes: UInt64, text: String) {
    #expect(ByteCount.text(bytes) == text)
  }

  @Test func sizesAreExactOnRequest() {
    #expect(ByteCount.text(1_153_434, isExact: true) == "1,153,434 B")
    #expect(ByteCount.text(UInt64.max, isExact: true) == "18,446,744,073,709,551,615 B")
  }

  @Test func numbersHaveSeparatorsAndSigns() {
    #expect(Numbers.grouped(5_000_214) == "5,000,214")
    #expect(Numbers.grouped(999) == "999")
    #expect(Numbers.signed(17_004) == "+17,004")
    #expect(Numbers.signed(-2) == "-2")
    #expect(Numbers.signed(Int64.min) == "-9,223,372,036,854,775,808")
    #expect(Numbers.signed(0) == "0")
    #expect(Numbers.percent(1 / 3.0) == "33")
    #expect(Numbers.percent(0.001) == "<1")
    #expect(Numbers.fixed(92.34, decimals: 1) == "92.3")
    #expect(Numbers.fixed(-0.04, decimals: 1) == "0.0")
    #expect(Numbers.fixed(.nan, decimals: 1) == "?")
    #expect(Numbers.counted(1, "class", plural: "classes") == "1 class")
    #expect(Numbers.counted(212, "class", plural: "classes") == "212 classes")
  }

  @Test(arguments: [(0.0002, "0.2 ms"), (0.002, "2 ms"), (0.41, "0.41 s"), (6.1, "6.1 s"), (75, "75.0 s")])
  func timesHaveTheUnitThatFits(seconds: Double, text: String) {
    #expect(Numbers.duration(seconds: seconds) == text)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("日本語日本", 6, "日本…"), ("abc", 1, "…"), ("abc", 0, ""),
    ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
  ])
  func textsAreCutByColumns(text: String, width: Int, expected: String) {
    #expect(TextLayout.ellipsized(text, to: width) == expected)
  }

  @Test func cutTextsInASCIIEndWithDots() {
    #expect(TextLayout.ellipsized("abcdefgh", to: 6, isASCII: true) == "abc...")
    #expect(TextLayout.ellipsized("abcdefgh", to: 2, isASCII: true) == "..")
  }

  @Test func nothingMovesTheCursorOrTurnsTheDirection() {
    #expect(TextLayout.printable("a\u{1B}[31m\n\t\u{7F}\u{85}") == "a\\x1B[31m\\n\\t\\x7F\\x85")
    #expect(TextLayout.printable("a\u{202E}b") == "a\\u202Eb")
    #expect(TextLayout.printable("é日🚀") == "é日🚀")
    #expect(TextLayout.printable("é日🚀", isASCII: true) == "\\u00E9\\u65E5\\u{1F680}")
  }

  @Test func linesBreakAtSpaces() {
    #expect(TextLayout.wrapped("one two three", to: 8) == ["one two", "three"])
    #expect(TextLayout.wrapped("  one two three", to: 9, indent: "    ") == ["  one two", "    three"])
    #expect(TextLayout.wrapped("abcdefghij", to: 4) == ["abcd", "efgh", "ij"])
    #expect(TextLayout.wrapped("", to: 8) == [""])
    #expect(TextLayout.wrapped("  kept  as it is", to: 80) == ["  kept  as it is"])
  }
}

@Suite struct JSONWriterTests {
  @Test func membersStandInTheOrderOfTheCalls() {
    let text = JSONWriter.text { writer in
      writer.object { writer in
        writer.member("v", 1)
        writer.member("cmd", "heap")
        writer.list("rows") { writer in
          writer.integer(UInt64.max)
          writer.boolean(true)
          writer.null()
          writer.array { _ in }
        }
        writer.group("more") { $0.member("pi", 3.25) }
        writer.member("whole", 2.0)
        writer.member("none", Double.nan)
      }
    }
    #expect(
      text
        == #"{"v":1,"cmd":"heap","rows":[18446744073709551615,true,null,[]],"more":{"pi":3.25},"whole":2,"none":null}"#)
  }

  @Test func stringsAreEscaped() {
    let text = JSONWriter.text { $0.string("a\"b\\c\n\t\r\u{1}\u{2028}é🚀/") }
    #expect(text == #""a\"b\\c\n\t\r\u0001\u2028é🚀/""#)
    let ascii = JSONWriter.text(isASCII: true) { $0.string("é🚀") }
    #expect(ascii == #""\u00E9\uD83D\uDE80""#)
  }

  @Test(
    arguments: [
      ([0x61, 0xD83D], #""a\uD83D""#), ([0xDE00, 0xD83D, 0x61], #""\uDE00\uD83Da""#), ([0xD83D, 0xDE80], #""🚀""#),
      ([0xD83D, 0xD83D, 0xDE80], #""\uD83D🚀""#), ([], #""""#),
    ] as [([UInt16], String)])
  func loneSurrogatesSurvive(units: [UInt16], text: String) {
    #expect(JSONWriter.text { $0.string(utf16: units) } == text)
  }
}
