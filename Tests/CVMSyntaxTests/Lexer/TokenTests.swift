import CVMSyntax
import Testing

@Suite("Tokens")
struct TokenTests {
  private func tokens(_ text: String) -> String {
    TokenDump.text(of: SourceFile(name: "test", text: text))
  }

  @Test func `keywords, names, numbers and punctuators`() {
    #expect(
      tokens("let x = 0xFF >>>= if_ ?.5 a?.b") == """
        1:1 identifier let
        1:5 identifier x
        1:7 equal
        1:9 number 0xFF
        1:14 unsignedRightShiftEqual
        1:19 identifier if_
        1:23 question
        1:24 number .5
        1:27 identifier a
        1:28 questionDot
        1:30 identifier b

        """)
  }

  @Test func `places count characters, and new lines are noted`() {
    #expect(
      tokens("日本 = 'é' // x\n/* y\n */ 変 #p") == """
        1:1 identifier 日本
        1:4 equal
        1:6 string 'é'
        3:5 identifier 変 (new line)
        3:7 privateName #p

        """)
  }

  @Test func `templates go on after their substitutions`() {
    #expect(
      tokens("`a${ {b: `c`} }d${e}f`") == """
        1:1 templateHead `a${
        1:6 leftBrace
        1:7 identifier b
        1:8 colon
        1:10 template `c`
        1:13 rightBrace
        1:15 templateMiddle }d${
        1:19 identifier e
        1:20 templateTail }f`

        """)
  }

  @Test func `a slash is a regular expression where no operand precedes it`() {
    #expect(
      tokens("a / b; (c) / d; = /e/g; if (f) /g/; [/h]/]/]") == """
        1:1 identifier a
        1:3 slash
        1:5 identifier b
        1:6 semicolon
        1:8 leftParen
        1:9 identifier c
        1:10 rightParen
        1:12 slash
        1:14 identifier d
        1:15 semicolon
        1:17 equal
        1:19 regExp /e/g
        1:23 semicolon
        1:25 if
        1:28 leftParen
        1:29 identifier f
        1:30 rightParen
        1:32 regExp /g/
        1:35 semicolon
        1:37 leftBracket
        1:38 regExp /h]/
        1:42 rightBracket
        1:43 slash
        1:44 rightBracket

        """)
  }

  @Test func `a hashbang line and a byte order mark are skipped`() {
    #expect(tokens("#!/usr/bin/env x\na") == "2:1 identifier a (new line)\n")
    #expect(tokens("\u{FEFF}a") == "1:2 identifier a\n")
  }

  @Test(arguments: TokenKind.allCases) func `every punctuator and keyword is read as itself`(kind: TokenKind) {
    guard let text = kind.text else { return }
    #expect(tokens(text + " ").hasPrefix("1:1 \(kind)") || kind == .slash || kind == .slashEqual)
  }
}

@Suite("Characters that are no tokens")
struct UnexpectedCharacterTests {
  @Test(arguments: [
    ("let \u{200B} x", "1:5-1:6 Unexpected character U+200B"),
    ("\u{0}", "1:1-1:2 Unexpected character U+0000"),
    ("a = \u{7F}", "1:5-1:6 Unexpected character U+007F"),
    ("x = €", "1:5-1:6 Unexpected character `€` (U+20AC)"),
    ("#", "1:1-1:2 Unexpected character `#` (U+0023)"),
  ]) func `they are named`(text: String, finding: String) {
    #expect(findings(text) == [finding])
  }

  @Test func `malformed UTF-8 is reported once, wherever it stands`() {
    let message = "The source is not valid UTF-8: byte 0x"
    #expect(findings([0x61, 0xFF]) == ["1:2-1:3 \(message)FF"])
    #expect(findings(Array("'".utf8) + [0xC3, 0x28] + Array("'".utf8)) == ["1:2-1:3 \(message)C3"])
    #expect(findings(Array("// ".utf8) + [0x80, 0x81, 0x82]) == ["1:4-1:4 \(message)80"])
    #expect(findings(Array("a".utf8) + [0xED, 0xA0, 0x80]) == ["1:2-1:3 \(message)ED"])
  }

  @Test func `Unicode spaces and line separators separate`() {
    #expect(findings("let\u{A0}a\u{3000}=\u{FEFF}1\u{2029}let b") == [])
  }
}
