import CVMSyntax
import Testing

/// The line of a finding is the right one, whatever ends lines and however many stand before.
@Suite struct MalformedPlaceTests {
  /// Two hundred statements with a template of two lines each.
  static let body = (0..<200).map { "let v\($0) = { a: [\($0)], b: `line\n${\($0)}`, c: /x\($0)/g } // comment\n" }
    .joined()

  static let programs: [MalformedProgram] = [
    .init(
      source: body + "let broken = = 1\n" + body.replacing("let v", with: "let w"),
      findings: ["401:14-401:15 Expected an expression, found `=`"]),
    .init(
      source: body + "}\n" + body.replacing("let v", with: "let w"),
      findings: ["401:1-401:2 There is nothing open that `}` could close"]),
    .init(source: "/* never ends\nlet x = 1\n", findings: ["1:1-1:3 The comment is not closed: expected `*/`"]),
    .init(source: "let a = 'x\u{7}' §", findings: ["1:14-1:15 Unexpected character `§` (U+00A7)"]),
    .init(source: "foo();\u{0}", findings: ["1:7-1:8 Unexpected character U+0000"]),
    .init(source: "let x = 1;\n;;;\n\tlet y = ¬1", findings: ["3:10-3:11 Unexpected character `¬` (U+00AC)"]),
    .init(source: "let [x] ", findings: ["1:5-1:8 A pattern in a declaration needs a value to take apart: `= ...`"]),
    .init(
      source: "a => { ",
      findings: ["1:8-1:8 Expected `}` to close the function body, found the end of the source [1:6 it is opened here]"]
    ),
    .init(source: "(a => ", findings: ["1:7-1:7 Expected an expression, found the end of the source"]),
    .init(source: "\n#!not at the start", findings: ["2:1-2:2 Unexpected character `#` (U+0023)"]),
    .init(source: "\u{FEFF}let x = ;", findings: ["1:10-1:11 Expected an expression, found `;`"]),
    .init(
      source:
        "/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n/*\n*/ let x = ;\n",
      findings: ["51:12-51:13 Expected an expression, found `;`"]),
    .init(source: "let a = `\n\n\n${1}\n\n`; let b = ;", findings: ["6:12-6:13 Expected an expression, found `;`"]),
    .init(source: "let a = 'x\\\ny\\\nz'; let b = ;", findings: ["3:13-3:14 Expected an expression, found `;`"]),
    .init(
      source: "let a = 1;\r\nlet b = 2;\r\nlet c = ;\r\n", findings: ["3:9-3:10 Expected an expression, found `;`"]),
    .init(source: "let a = 1;\rlet b = 2;\rlet c = ;\r", findings: ["3:9-3:10 Expected an expression, found `;`"]),
    .init(
      source: "let a = 1;\u{2028}let b = 2;\u{2029}let c = ;", findings: ["3:9-3:10 Expected an expression, found `;`"]),
    .init(source: "let a = '\u{2028}\u{2029}'; let b = ;", findings: ["3:12-3:13 Expected an expression, found `;`"]),
    .init(source: "let a = `\r\n\r\n`;\r\nlet b = ;", findings: ["4:9-4:10 Expected an expression, found `;`"]),
    .init(source: "let a = `\u{2028}`;\nlet b = ;", findings: ["3:9-3:10 Expected an expression, found `;`"]),
    .init(source: "/* \u{2028} \u{2029} */ let b = ;", findings: ["3:13-3:14 Expected an expression, found `;`"]),
    .init(source: "// one\u{2028}let b = ;", findings: ["2:9-2:10 Expected an expression, found `;`"]),
    .init(source: "let a = 1;\n\r\nlet b = ;", findings: ["3:9-3:10 Expected an expression, found `;`"]),
    .init(source: "let s = 'a\\\r\nb';\r\nlet c = ;", findings: ["3:9-3:10 Expected an expression, found `;`"]),
    .init(source: "let s = 'a\\\u{2028}b';\nlet c = ;", findings: ["3:9-3:10 Expected an expression, found `;`"]),
    .init(
      source: "\n\n\n\nlet x = 'never\n\n\n",
      findings: ["5:9-5:10 The string is not closed: expected `'` before the end of the line"]),
    .init(source: "let x = `never\n\n\n", findings: ["1:9-1:10 The template is not closed: expected a backtick"]),
    .init(source: "let x = (\n1 +\n2 +\n", findings: ["4:1-4:1 Expected an expression, found the end of the source"]),
    .init(
      source: "let x = {\n a: 1,\n b: 2\n\nlet y = 3\n",
      findings: ["5:1-5:4 Expected `}` to close the object, found `let` [1:9 it is opened here]"]),
    .init(
      source: "function f() {\n  if (x) {\n    y()\n  \n}\n\nfunction g() {\n}\n",
      findings: [
        "9:1-9:1 Expected `}` to close the function body, found the end of the source [1:14 it is opened here]"
      ]),
    .init(
      source: "call(a,\n  b\n  c)\n",
      findings: ["3:3-3:4 Expected `)` to close the argument list, found `c` [1:5 it is opened here]"]),
    .init(
      source: "let list = [\n  1,\n  2\n  3\n]\n",
      findings: ["4:3-4:4 Expected `]` to close the array, found the number `3` [1:12 it is opened here]"]),
    .init(
      source: "let o = {\n  a: 1\n  b: 2\n}\n",
      findings: ["3:3-3:4 Expected `}` to close the object, found `b` [1:9 it is opened here]"]),
    .init(
      source: "class A {\n  m() {\n    let x = 1 +\n  }\n}\n", findings: ["4:3-4:4 Expected an expression, found `}`"]),
    .init(source: "x = a\n  .b\n  .c(\n  .d\n", findings: ["4:3-4:4 Expected an expression, found `.`"]),
    .init(source: "let é = 1, 日本 = 2, 😀 = 3", findings: ["1:20-1:21 Unexpected character `😀` (U+1F600)"]),
    .init(source: "let 日本 = 'テスト'; let y = ;", findings: ["1:25-1:26 Expected an expression, found `;`"]),
    .init(source: "let a = '😀😀'; let y = ;", findings: ["1:23-1:24 Expected an expression, found `;`"]),
    .init(source: "\tlet y = ;", findings: ["1:10-1:11 Expected an expression, found `;`"]),
    .init(source: "\t\t'tabs';\tlet y = ;", findings: ["1:19-1:20 Expected an expression, found `;`"]),
    .init(source: "if (a) {\n\tif (b) {\n\t\tc(]\n\t}\n}\n", findings: ["3:5-3:6 Expected an expression, found `]`"]),
    .init(
      source: "let a = 1\nlet b = 2 let c = 3\nlet d = 4\n",
      findings: ["2:11-2:14 Expected `;` or a new line after the declaration, found `let`"]),
    .init(
      source:
        "let deep = ((((((((((((((((((((((((((((((((((((((((((((((((((1)))))))))))))))))))))))))))))))))))))))))))))))))",
      findings: [
        "1:112-1:112 Expected `)` to close the parentheses, found the end of the source [1:12 it is opened here]"
      ]),
    .init(
      source: "let deep = [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]",
      findings: ["1:52-1:53 Expected `;` or a new line after the declaration, found `]`"]),
    .init(
      source:
        "let x = 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + ;",
      findings: ["1:2009-1:2010 Expected an expression, found `;`"]),
  ]

  @Test(arguments: programs)
  func `the place is where the mistake is`(program: MalformedProgram) {
    #expect(findings(program.source) == program.findings)
  }
}
