import CVMSyntax
import Testing

@Suite("Trees of patterns")
struct PatternTreeTests {
  @Test func `patterns in declarations`() {
    expectTree(
      #"""
      let {a, b: c, d = 1, [e]: f, ...g} = h; const [i, , [j] = [], ...k] = l
      """#,
      #"""
      variableDeclaration let
        variableDeclarator
          target: objectPattern
            patternProperty shorthand
              key: propertyName a
              target: bindingIdentifier a
            patternProperty
              key: propertyName b
              target: bindingIdentifier c
            patternProperty shorthand
              key: propertyName d
              target: defaultedTarget
                target: bindingIdentifier d
                default: numberLiteral 1.0
            patternProperty
              key: computedName
                identifierReference e
              target: bindingIdentifier f
            restElement
              bindingIdentifier g
          value: identifierReference h
      variableDeclaration const
        variableDeclarator
          target: arrayPattern
            bindingIdentifier i
            elision
            defaultedTarget
              target: arrayPattern
                bindingIdentifier j
              default: arrayLiteral
            restElement
              bindingIdentifier k
          value: identifierReference l
      """#)
  }

  @Test func `patterns in assignments`() {
    expectTree(
      #"""
      ({a, b: c.d, e = 1, ...f[0]} = g); [h, i.j = 1, ...[k]] = l
      """#,
      #"""
      expressionStatement
        assignment = parenthesized
          target: objectPattern
            patternProperty shorthand
              key: propertyName a
              target: identifierReference a
            patternProperty
              key: propertyName b
              target: member .d
                object: identifierReference c
            patternProperty shorthand
              key: propertyName e
              target: defaultedTarget
                target: identifierReference e
                default: numberLiteral 1.0
            restElement
              index
                object: identifierReference f
                key: numberLiteral 0.0
          value: identifierReference g
      expressionStatement
        assignment =
          target: arrayPattern
            identifierReference h
            defaultedTarget
              target: member .j
                object: identifierReference i
              default: numberLiteral 1.0
            restElement
              arrayPattern
                identifierReference k
          value: identifierReference l
      """#)
  }

  @Test func `patterns in loops and catch`() {
    expectTree(
      #"""
      for (const [k, v] of m) ; for ({a = 1} of b) ; try { } catch ([e]) { }
      """#,
      #"""
      forOfStatement
        target: variableDeclaration const
          variableDeclarator
            target: arrayPattern
              bindingIdentifier k
              bindingIdentifier v
        subject: identifierReference m
        body: emptyStatement
      forOfStatement
        target: objectPattern
          patternProperty shorthand
            key: propertyName a
            target: defaultedTarget
              target: identifierReference a
              default: numberLiteral 1.0
        subject: identifierReference b
        body: emptyStatement
      tryStatement
        block: blockStatement
        catchClause
          parameter: arrayPattern
            bindingIdentifier e
          body: blockStatement
      """#)
  }

  @Test func `patterns in arrow parameters`() {
    expectTree(
      #"""
      ({a, b = 1}, [c]) => d
      """#,
      #"""
      expressionStatement
        arrowFunction
          parameter: objectPattern
            patternProperty shorthand
              key: propertyName a
              target: bindingIdentifier a
            patternProperty shorthand
              key: propertyName b
              target: defaultedTarget
                target: bindingIdentifier b
                default: numberLiteral 1.0
          parameter: arrayPattern
            bindingIdentifier c
          body: identifierReference d
      """#)
  }
}
