import CVMSyntax
import Testing

@Suite("Trees of literals")
struct LiteralTreeTests {
  @Test func `numbers of all notations have their value`() {
    expectTree(
      #"""
      0; 1.5; .5; 5.; 1e3; 1_000; 0xff; 0b101; 0o17; 0xFFFFFFFFFFFFFFFFF; 123456789012345678901234567890; 1e400
      """#,
      #"""
      expressionStatement
        numberLiteral 0.0
      expressionStatement
        numberLiteral 1.5
      expressionStatement
        numberLiteral 0.5
      expressionStatement
        numberLiteral 5.0
      expressionStatement
        numberLiteral 1000.0
      expressionStatement
        numberLiteral 1000.0
      expressionStatement
        numberLiteral 255.0
      expressionStatement
        numberLiteral 5.0
      expressionStatement
        numberLiteral 15.0
      expressionStatement
        numberLiteral 2.9514790517935283e+20
      expressionStatement
        numberLiteral 1.2345678901234568e+29
      expressionStatement
        numberLiteral inf
      """#)
  }

  @Test func `big integers keep their digits`() {
    expectTree(
      #"""
      10n; 0xFFn; 1_000n
      """#,
      #"""
      expressionStatement
        bigIntLiteral 10n
      expressionStatement
        bigIntLiteral 0xFFn
      expressionStatement
        bigIntLiteral 1000n
      """#)
  }

  @Test func `strings have their cooked value`() {
    expectTree(
      #"""
      "a\n\x41\u00e9\u{1F600}\0"; 'it\'s'; "line\
      continued"; "\ud800"
      """#,
      #"""
      expressionStatement directive
        stringLiteral "a\nA\u00e9\ud83d\ude00\u0000"
      expressionStatement directive
        stringLiteral "it's"
      expressionStatement directive
        stringLiteral "linecontinued"
      expressionStatement directive
        stringLiteral "\ud800"
      """#)
  }

  @Test func `templates have cooked and raw pieces`() {
    expectTree(
      #"""
      `a${b}c\n${`inner`}`
      """#,
      #"""
      expressionStatement
        templateLiteral
          templateElement "a"
          identifierReference b
          templateElement "c\n" raw "c\\n"
          templateLiteral
            templateElement "inner"
          templateElement ""
      """#)
  }

  @Test func `tagged templates may have malformed escapes`() {
    expectTree(
      #"""
      tag`\u{zz}${x}`
      """#,
      #"""
      expressionStatement
        taggedTemplate
          tag: identifierReference tag
          templateLiteral
            templateElement malformed raw "\\u{zz}"
            identifierReference x
            templateElement ""
      """#)
  }

  @Test func `regular expressions keep pattern and flags`() {
    expectTree(
      #"""
      /a[/]b\//gi; x = /=/
      """#,
      #"""
      expressionStatement
        regExpLiteral /a[/]b\//gi
      expressionStatement
        assignment =
          target: identifierReference x
          value: regExpLiteral /=/
      """#)
  }

  @Test func `words with a fixed value`() {
    expectTree(
      #"""
      this; null; true; false; undefined
      """#,
      #"""
      expressionStatement
        thisExpression
      expressionStatement
        nullLiteral
      expressionStatement
        trueLiteral
      expressionStatement
        falseLiteral
      expressionStatement
        identifierReference undefined
      """#)
  }

  @Test func `arrays have holes and spreads`() {
    expectTree(
      #"""
      [, a, , ...b, ]
      """#,
      #"""
      expressionStatement
        arrayLiteral
          elision
          identifierReference a
          elision
          spreadElement
            identifierReference b
      """#)
  }

  @Test func `objects have members of every form`() {
    expectTree(
      #"""
      ({a, b: 1, "c": 2, 3: 4, [d]: 5, ...e, __proto__: f})
      """#,
      #"""
      expressionStatement
        objectLiteral parenthesized
          property shorthand
            key: propertyName a
            value: identifierReference a
          property
            key: propertyName b
            value: numberLiteral 1.0
          property
            key: stringLiteral "c"
            value: numberLiteral 2.0
          property
            key: numberLiteral 3.0
            value: numberLiteral 4.0
          property
            key: computedName
              identifierReference d
            value: numberLiteral 5.0
          spreadElement
            identifierReference e
          property
            key: propertyName __proto__
            value: identifierReference f
      """#)
  }

  @Test func `objects have methods and accessors`() {
    expectTree(
      #"""
      ({a() {}, get b() { return 1 }, set b(v) {}, async c() {}, *d() {}, async *e() {}, get: 1})
      """#,
      #"""
      expressionStatement
        objectLiteral parenthesized
          property method
            key: propertyName a
            value: functionExpression method
          property getter
            key: propertyName b
            value: functionExpression getter
              returnStatement
                numberLiteral 1.0
          property setter
            key: propertyName b
            value: functionExpression setter
              parameter: bindingIdentifier v
          property method
            key: propertyName c
            value: functionExpression method async
          property method
            key: propertyName d
            value: functionExpression method generator
          property method
            key: propertyName e
            value: functionExpression method async generator
          property
            key: propertyName get
            value: numberLiteral 1.0
      """#)
  }
}
