import CVMSyntax
import Testing

@Suite("What is wrong with literals")
struct LiteralErrorTests {
  static let programs = MalformedProgram.table(
    #"""
    > 010
    1:1-1:4 A number cannot begin with `0` and another digit in strict mode: `010`; octal is `0o...`
    > 08
    1:1-1:3 A number cannot begin with `0` and another digit in strict mode: `08`; octal is `0o...`
    > 0b12
    1:4-1:5 A name or digit cannot follow the number `0b1` directly
    > 0xg
    1:1-1:3 Expected a digit after `0x`
    > 1_
    1:2-1:3 A separator `_` must stand between two digits
    > 1__0
    1:2-1:3 A separator `_` must stand between two digits
    1:3-1:4 A separator `_` must stand between two digits
    > 1_.5
    1:2-1:3 A separator `_` must stand between two digits
    > 0_1
    1:1-1:4 A number cannot begin with `0` and another digit in strict mode: `0_1`; octal is `0o...`
    1:2-1:3 A separator `_` must stand between two digits
    > 1e
    1:1-1:3 Expected a digit in the exponent of the number
    > 3in []
    1:2-1:4 A name or digit cannot follow the number `3` directly
    > 3x
    1:2-1:3 A name or digit cannot follow the number `3` directly
    > "\01"
    1:2-1:4 Octal escape sequences are not allowed in strict mode; write `\xXX`
    > "\8"
    1:2-1:4 Octal escape sequences are not allowed in strict mode; write `\xXX`
    > "\x1"
    1:2-1:4 Expected two hexadecimal digits after `\x`
    > "\u{110000}"
    1:2-1:10 Expected `\uXXXX` or `\u{X...}` up to 10FFFF
    > "\u12"
    1:2-1:4 Expected `\uXXXX` or `\u{X...}` up to 10FFFF
    > `\u12`
    1:2-1:4 Expected `\uXXXX` or `\u{X...}` up to 10FFFF
    > "abc
    1:1-1:2 The string is not closed: expected `"` before the end of the line
    > 'abc
    1:1-1:2 The string is not closed: expected `'` before the end of the line
    > `abc
    1:1-1:2 The template is not closed: expected a backtick
    > /abc
    1:1-1:2 The regular expression is not closed: expected `/` before the end of the line
    > /a/gg
    1:4-1:6 Invalid regular expression flags `gg`: each of `dgimsuvy` once, and not `u` with `v`
    > /a/uv
    1:4-1:6 Invalid regular expression flags `uv`: each of `dgimsuvy` once, and not `u` with `v`
    > /* abc
    1:1-1:3 The comment is not closed: expected `*/`
    """#)

  @Test(arguments: programs) func `a program with wrong literals is refused at the right place`(
    program: MalformedProgram
  ) {
    #expect(findings(program.source) == program.findings)
  }
}
