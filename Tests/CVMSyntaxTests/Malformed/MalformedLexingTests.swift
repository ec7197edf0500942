import CVMSyntax
import Testing

/// Programs with one thing wrong each: numbers, strings, templates and characters.
@Suite struct MalformedLexingTests {
  static let programs = MalformedProgram.table(
    #"""
    > let s = 'abc
    1:9-1:10 The string is not closed: expected `'` before the end of the line
    > let s = "abc
    > let t = 1
    1:9-1:10 The string is not closed: expected `"` before the end of the line
    > let t = `abc
    1:9-1:10 The template is not closed: expected a backtick
    > let t = `a${b
    1:14-1:14 Expected `}` to close the substitution in the template, found the end of the source
    > let t = `a${b}c
    1:14-1:15 The template is not closed: expected a backtick
    > let x = 1 /* a
    >  b
    1:11-1:13 The comment is not closed: expected `*/`
    > let r = /abc
    1:9-1:10 The regular expression is not closed: expected `/` before the end of the line
    > let r = /abc
    > /
    1:9-1:10 The regular expression is not closed: expected `/` before the end of the line
    > let r = /[/
    1:9-1:10 The regular expression is not closed: expected `/` before the end of the line
    > let n = 0b12
    1:12-1:13 A name or digit cannot follow the number `0b1` directly
    > let n = 0o8
    1:9-1:11 Expected a digit after `0o`
    > let n = 0xg
    1:9-1:11 Expected a digit after `0x`
    > let n = 0x
    1:9-1:11 Expected a digit after `0x`
    > let n = 1_
    1:10-1:11 A separator `_` must stand between two digits
    > let n = 1__0
    1:10-1:11 A separator `_` must stand between two digits
    1:11-1:12 A separator `_` must stand between two digits
    > let n = _1 + 1_.5
    1:15-1:16 A separator `_` must stand between two digits
    > let n = 1e
    1:9-1:11 Expected a digit in the exponent of the number
    > let n = 1e+
    1:9-1:12 Expected a digit in the exponent of the number
    > let n = 010
    1:9-1:12 A number cannot begin with `0` and another digit in strict mode: `010`; octal is `0o...`
    > let n = 09
    1:9-1:11 A number cannot begin with `0` and another digit in strict mode: `09`; octal is `0o...`
    > let n = 1n.5
    1:11-1:13 Expected `;` or a new line after the declaration, found the number `.5`
    > let n = 1.5n
    1:9-1:13 A BigInt is a whole number without exponent, and `1.5` is none
    > let n = 01n
    1:9-1:12 A number cannot begin with `0` and another digit in strict mode: `01n`; octal is `0o...`
    > let n = 3in []
    1:10-1:12 A name or digit cannot follow the number `3` directly
    > let n = 3abc
    1:10-1:13 A name or digit cannot follow the number `3` directly
    > let n = 1e5n
    1:9-1:13 A BigInt is a whole number without exponent, and `1e5` is none
    > let s = '\x4'
    1:10-1:12 Expected two hexadecimal digits after `\x`
    > let s = '\u12'
    1:10-1:12 Expected `\uXXXX` or `\u{X...}` up to 10FFFF
    > let s = '\u{110000}'
    1:10-1:18 Expected `\uXXXX` or `\u{X...}` up to 10FFFF
    > let s = '\u{}'
    1:10-1:13 Expected `\uXXXX` or `\u{X...}` up to 10FFFF
    > let s = '\u{12'
    1:10-1:15 Expected `\uXXXX` or `\u{X...}` up to 10FFFF
    > let s = '\07'
    1:10-1:12 Octal escape sequences are not allowed in strict mode; write `\xXX`
    > let s = '\8'
    1:10-1:12 Octal escape sequences are not allowed in strict mode; write `\xXX`
    > let t = `\u{`
    1:10-1:13 Expected `\uXXXX` or `\u{X...}` up to 10FFFF
    > let t = `\01`
    1:10-1:12 Octal escape sequences are not allowed in strict mode; write `\xXX`
    > let a\u0031 = 1; let \u0031a = 2
    1:22-1:28 Expected a Unicode escape `\uXXXX` of a letter in the name
    > let a\x41 = 1
    1:6-1:7 Expected a Unicode escape `\uXXXX` of a letter in the name
    > let # = 1
    1:5-1:6 Unexpected character `#` (U+0023)
    > let a = 1 @ 2
    1:11-1:12 Expected `;` or a new line after the declaration, found `@`
    > let a = 1 \ 2
    1:11-1:12 Expected a Unicode escape `\uXXXX` of a letter in the name
    > let ‘quoted’ = 1
    1:5-1:6 Unexpected character `‘` (U+2018); write `'`
    > let s = “text”
    1:9-1:10 Unexpected character `“` (U+201C); write `"`
    > a = 5 × 3
    1:7-1:8 Unexpected character `×` (U+00D7); write `*`
    > x = 1 – 2
    1:7-1:8 Unexpected character `–` (U+2013); write `-`
    > let a = {‚x‘: 1}
    1:10-1:11 Unexpected character `‚` (U+201A); write `'`
    """#)

  @Test(arguments: programs)
  func `the finding names place and reason`(program: MalformedProgram) {
    #expect(findings(program.source) == program.findings)
  }
}
