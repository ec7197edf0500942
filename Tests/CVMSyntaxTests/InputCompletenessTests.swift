import CVMSyntax
import Testing

@Suite("Whether Enter runs the input")
struct InputCompletenessTests {
  private func isComplete(_ text: String) -> Bool { InputCompleteness.check(text) == .complete }

  private func reason(_ text: String) -> InputCompleteness.Reason? {
    guard case .incomplete(let reason, _, _) = InputCompleteness.check(text) else { return nil }
    return reason
  }

  private func message(_ text: String) -> String? {
    guard case .wrong(let diagnostic) = InputCompleteness.check(text) else { return nil }
    return diagnostic.message
  }

  @Test(arguments: [
    "", " ", "// c", "/* c */", "1", "a;", "let x = 1", "let x", "if (a) b", "if (a) {}", "if (a) b; else c",
    "do {} while (a)", "for (;;) {}", "function f() {}", "class A {}", "() => {}", "x => x", "`a${b}c`", "'a\\\nb'",
    "a\n/b/c", "({}) / 1", "{} /}/", "/[(]/", "'('", "`(`", "// (", "a++", "async", "#!/bin/x", "x = {\n}\n", "return_",
    "try {} catch {}", "label: a", "debugger", "[1,\n2]", "a\n.b", "let async", "yield_", "x = /`/", "throw 1",
  ]) func `complete input runs`(text: String) {
    #expect(isComplete(text))
  }

  @Test(arguments: [("{a: 1, b: 2}", true), ("{a: 1,", false), ("{a: [1,\n2],\nb() {\n", false), ("{f();\nx", false)])
  func `an object literal at the prompt is complete when it is closed`(text: String, isComplete: Bool) {
    let verdict = InputCompleteness.check(text, options: ParseOptions(prefersObjectLiteral: true))
    if isComplete { #expect(verdict == .complete) }
    guard !isComplete else { return }
    guard case .incomplete = verdict else {
      Issue.record("\(verdict)")
      return
    }
  }

  @Test(
    arguments: [
      ("f(", .bracket), ("[1,", .bracket), ("{", .bracket), ("let x = {\n a: 1,\n", .bracket),
      ("function f() {", .bracket),
      ("`a", .template), ("`a${", .bracket), ("`a${b}", .template), ("`a\nb", .template), ("`a${`b`}", .template),
      ("/*", .blockComment), ("a /* b\n", .blockComment), ("(/*)", .blockComment),
      ("'a\\\n", .string), ("1 +", .operand), ("a =", .operand), ("a ??", .operand), ("a,", .operand), ("a.", .operand),
      ("a ? b :", .statement), ("a ?", .operand), ("typeof", .statement), ("!", .statement), ("a\n&&", .operand),
      ("if (a)", .statement), ("if (a) b; else", .statement), ("for (;;)", .statement), ("while (a)", .statement),
      ("do {}", .statement), ("do a", .statement), ("x =>", .statement), ("function f()", .statement),
      ("class A", .statement), ("class A extends", .statement), ("try {}", .statement), ("switch (a)", .statement),
      ("label:", .statement), ("let", .statement), ("const {a} =", .operand), ("new", .statement),
      ("throw", .statement),
      ("{} /x/ +", .operand), ("let x; let x; f(", .bracket),
    ] as [(String, InputCompleteness.Reason)]) func `incomplete input says what it lacks`(
      text: String, expected: InputCompleteness.Reason
    )
  {
    #expect(reason(text) == expected)
  }

  @Test(arguments: [
    ("1 2", "Expected `;` or a new line after the expression, found the number `2`"),
    ("f(]", "Expected an expression, found `]`"),
    (")", "There is nothing open that `)` could close"),
    ("let x = ;\nf(", "Expected an expression, found `;`"),
    ("let x; let x", "`x` has already been declared"),
    ("'abc", "The string is not closed: expected `'` before the end of the line"),
    ("/abc", "The regular expression is not closed: expected `/` before the end of the line"),
    ("const x", "The constant `x` needs a value: `const x = ...`"),
    ("import a from 'b'", "Modules are not supported: a program cannot `import`"),
    ("f(1 2", "Expected `)` to close the argument list, found the number `2`"),
  ]) func `wrong input is told at once`(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test func `open brackets come with their places and an indentation`() {
    let verdict = InputCompleteness.check("f({\n  a: [`${")
    guard case .incomplete(.bracket, let open, let indentation) = verdict else {
      Issue.record("a bracket is open")
      return
    }
    #expect(open.map(\.text) == ["(", "{", "[", "${"])
    #expect(open.map(\.range.start) == [1, 2, 9, 10])
    #expect(indentation == 8)
  }

  @Test func `line by line gives the verdict on the whole`() {
    let program = """
      function f(a, b) {
        // ( a comment
        return `x ${a +
          b} y
      z` + /[(`]/.source
      }

      class A {
        #x = { y: [1,
          2] } /* [
        */
      }
      if (a)
        b
      """
    var completeness = InputCompleteness()
    var text = ""
    for line in program.split(separator: "\n", omittingEmptySubsequences: false) {
      text += line + "\n"
      #expect(completeness.append(String(line)) == InputCompleteness.check(text))
    }
    #expect(completeness.bytes == Array(text.utf8))
  }

  @Test func `an escape or a dollar sign at the end of a template line does not end the template`() {
    var completeness = InputCompleteness()
    for line in ["`a\\", "b\\`", "$", "{"] { #expect(completeness.append(line) != .complete) }
    #expect(completeness.append("`") == .complete)
  }

  @Test func `types need their own dialect`() {
    let options = ParseOptions(dialect: .typeScript)
    #expect(InputCompleteness.check("let x: number = 1", options: options) == .complete)
    #expect(InputCompleteness.check("interface A", options: options) != .complete)
    #expect(message("let x: number = 1") == "A type annotation is TypeScript, and this source is JavaScript")
  }

  @Test func `many lines in one bracket, template or comment are read once`() {
    for (open, line) in [("f(", "a,"), ("`", "\\` $"), ("/*", "* a"), ("if (a)", "// b"), ("x = [", "`a${1}`,")] {
      var completeness = InputCompleteness()
      #expect(completeness.append(open) != .complete)
      for _ in 0..<20_000 {
        guard case .incomplete = completeness.append(line) else {
          Issue.record("still open")
          return
        }
      }
    }
  }
}
