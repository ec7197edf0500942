import CVMSyntax
import Testing

@Suite("Automatic semicolon insertion")
struct SemicolonInsertionTests {
  /// How many statements a program has, and what is wrong with it.
  private func count(_ text: String) -> Int {
    let result = parse(SourceFile(name: "test", text: text))
    #expect(result.diagnostics.isEmpty)
    return result.tree.body(result.tree.root).count
  }

  @Test(arguments: [
    ("a\nb", 2), ("a;\nb", 2), ("a\n;b", 2), ("{ a } b", 2), ("{ a\nb }", 1), ("a // c\nb", 2), ("a /* \n */ b", 2),
    ("a\u{2028}b", 2), ("a\r\nb", 2), ("let a\nlet b", 2), ("do a\nwhile (b) c", 2), ("x\n++\ny", 2), ("a\n++b", 2),
    ("a\n(b)", 1), ("a\n[b]", 1), ("a\n+b", 1), ("a\n/b/c", 1), ("a\n`b`", 1), ("a\n.b", 1), ("a\n?.b", 1),
    ("var a\n= 1", 1), ("var a = 1,\nb", 1), ("if (a)\nb\nelse\nc", 1), ("for (;;)\na", 1), ("", 0), (";", 1),
    ("async\nfunction f() {}", 2), ("a => {}\nb", 2), ("let f = function () {}\n(a)", 1),
  ]) func `a new line ends a statement only where the grammar needs it`(text: String, statements: Int) {
    #expect(count(text) == statements)
  }

  @Test func `return, break, continue and yield end with their line`() {
    expectTree(
      "function* f() { for (;;) { break\nl; continue\nm } yield\nn; return\no }",
      """
      functionDeclaration generator [yield]
        name: bindingIdentifier f
        forStatement
          body: blockStatement
            breakStatement
            expressionStatement
              identifierReference l
            continueStatement
            expressionStatement
              identifierReference m
        expressionStatement
          yieldExpression
        expressionStatement
          identifierReference n
        returnStatement
        expressionStatement
          identifierReference o
      """)
  }

  @Test func `class fields end with their line`() {
    expectTree(
      "class A { a\nb = 1\n['c']\nget\nd() {} }",
      """
      classDeclaration
        name: bindingIdentifier A
        classField
          key: propertyName a
        classField
          key: propertyName b
          value: index
            object: numberLiteral 1.0
            key: stringLiteral "c"
        classMethod getter
          key: propertyName d
          function: functionExpression getter
      """)
  }

  @Test(arguments: [
    "a b", "{ a b }", "var a b", "if (a) b c", "do a while (b)", "for (a\nb\nc) ;", "throw\na", "x => x\n=> y",
    "a\n=> b",
  ]) func `no semicolon is inserted elsewhere`(text: String) {
    #expect(!findings(text).isEmpty)
  }
}
