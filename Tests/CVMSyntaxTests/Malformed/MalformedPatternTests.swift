import CVMSyntax
import Testing

/// Programs with one thing wrong each: regular expressions.
@Suite struct MalformedPatternTests {
  static let programs = MalformedProgram.table(
    #"""
    > let r = /(/
    1:10-1:11 Invalid regular expression: Unterminated group
    > let r = /)/
    1:10-1:11 Invalid regular expression: Unmatched ')'
    > let r = /a**/
    1:12-1:13 Invalid regular expression: Nothing to repeat
    > let r = /[b-a]/
    1:11-1:12 Invalid regular expression: Range out of order in character class
    > let r = /a{2,1}/
    1:11-1:12 Invalid regular expression: numbers out of order in {} quantifier
    > let r = /(?<n>a)(?<n>b)/
    1:20-1:21 Invalid regular expression: Duplicate capture group name
    > let r = /\k<n>(?<m>a)/
    1:10-1:11 Invalid regular expression: Invalid named capture referenced
    > let r = /a/gg
    1:12-1:14 Invalid regular expression flags `gg`: each of `dgimsuvy` once, and not `u` with `v`
    > let r = /a/x
    1:12-1:13 Invalid regular expression flags `x`: each of `dgimsuvy` once, and not `u` with `v`
    > let r = /a/uv
    1:12-1:14 Invalid regular expression flags `uv`: each of `dgimsuvy` once, and not `u` with `v`
    > let r = /\u{110000}/u
    1:10-1:11 Invalid regular expression: Invalid Unicode escape
    > let r = /\p{Foo}/u
    1:10-1:11 Invalid regular expression: Invalid property name
    > let r = /(?<1a>x)/
    1:13-1:14 Invalid regular expression: Invalid capture group name
    > let r = /[[a]/v
    1:10-1:11 Invalid regular expression: Unterminated character class
    > let r = /\1(?<a>x)\2/u
    1:19-1:20 Invalid regular expression: Invalid escape
    > let r = /{1}/u
    1:10-1:11 Invalid regular expression: Nothing to repeat
    > let r = /a\/
    1:9-1:10 The regular expression is not closed: expected `/` before the end of the line
    > let r = /?/
    1:10-1:11 Invalid regular expression: Nothing to repeat
    > let r = /a|*/
    1:12-1:13 Invalid regular expression: Nothing to repeat
    > let r = /(?:/
    1:10-1:11 Invalid regular expression: Unterminated group
    > let r = /(?<=a)+/u
    1:16-1:17 Invalid regular expression: Invalid quantifier
    > let r = /\c/u
    1:10-1:11 Invalid regular expression: Invalid Unicode escape
    > let r = /[\d-z]/u
    1:11-1:12 Invalid regular expression: Invalid character class
    > if (x) {
    >   y = 1
    > }
    > let re = /a(b
    > /
    4:10-4:11 The regular expression is not closed: expected `/` before the end of the line
    > let ok = /a/;
    > let alsoOk = /b/;
    > let bad = /c(/;
    3:13-3:14 Invalid regular expression: Unterminated group
    > x = a / b / (c / ;
    1:18-1:19 Expected an expression, found `;`
    > x = y
    > /foo(/g.test(z)
    2:6-2:7 The regular expression is not closed: expected `/` before the end of the line
    """#)

  @Test(arguments: programs)
  func `the finding names place and reason`(program: MalformedProgram) {
    #expect(findings(program.source) == program.findings)
  }
}
