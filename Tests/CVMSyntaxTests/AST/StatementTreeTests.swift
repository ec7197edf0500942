import CVMSyntax
import Testing

@Suite("Trees of statements")
struct StatementTreeTests {
  @Test func `declarations of variables`() {
    expectTree(
      #"""
      var a, b = 1; let c; const d = 2
      """#,
      #"""
      variableDeclaration var
        variableDeclarator
          target: bindingIdentifier a
        variableDeclarator
          target: bindingIdentifier b
          value: numberLiteral 1.0
      variableDeclaration let
        variableDeclarator
          target: bindingIdentifier c
      variableDeclaration const
        variableDeclarator
          target: bindingIdentifier d
          value: numberLiteral 2.0
      """#)
  }

  @Test func `blocks and empty statements`() {
    expectTree(
      #"""
      { ; { } }
      """#,
      #"""
      blockStatement
        emptyStatement
        blockStatement
      """#)
  }

  @Test func `if, else if, else`() {
    expectTree(
      #"""
      if (a) b; else if (c) d; else e
      """#,
      #"""
      ifStatement
        test: identifierReference a
        then: expressionStatement
          identifierReference b
        else: ifStatement
          test: identifierReference c
          then: expressionStatement
            identifierReference d
          else: expressionStatement
            identifierReference e
      """#)
  }

  @Test func `loops`() {
    expectTree(
      #"""
      while (a) b; do c; while (d); for (;;) e; for (let i = 0; i < 3; i++) f
      """#,
      #"""
      whileStatement
        test: identifierReference a
        body: expressionStatement
          identifierReference b
      doWhileStatement
        body: expressionStatement
          identifierReference c
        test: identifierReference d
      forStatement
        body: expressionStatement
          identifierReference e
      forStatement
        initializer: variableDeclaration let
          variableDeclarator
            target: bindingIdentifier i
            value: numberLiteral 0.0
        test: binary <
          left: identifierReference i
          right: numberLiteral 3.0
        update: update ++
          identifierReference i
        body: expressionStatement
          identifierReference f
      """#)
  }

  @Test func `for-in and for-of`() {
    expectTree(
      #"""
      for (const k in o) a; for (x.y of z) b; for (var [p] of q) c
      """#,
      #"""
      forInStatement
        target: variableDeclaration const
          variableDeclarator
            target: bindingIdentifier k
        subject: identifierReference o
        body: expressionStatement
          identifierReference a
      forOfStatement
        target: member .y
          object: identifierReference x
        subject: identifierReference z
        body: expressionStatement
          identifierReference b
      forOfStatement
        target: variableDeclaration var
          variableDeclarator
            target: arrayPattern
              bindingIdentifier p
        subject: identifierReference q
        body: expressionStatement
          identifierReference c
      """#)
  }

  @Test func `labels and jumps`() {
    expectTree(
      #"""
      outer: for (;;) { continue outer; break }
      """#,
      #"""
      labeledStatement outer
        body: forStatement
          body: blockStatement
            continueStatement outer
            breakStatement
      """#)
  }

  @Test func `switch`() {
    expectTree(
      #"""
      switch (a) { case 1: b; case 2: default: c }
      """#,
      #"""
      switchStatement
        subject: identifierReference a
        switchCase
          test: numberLiteral 1.0
          expressionStatement
            identifierReference b
        switchCase
          test: numberLiteral 2.0
        switchCase
          expressionStatement
            identifierReference c
      """#)
  }

  @Test func `throw, try, catch, finally`() {
    expectTree(
      #"""
      try { throw a } catch ({ message }) { b } finally { c }; try { } catch { }
      """#,
      #"""
      tryStatement
        block: blockStatement
          throwStatement
            identifierReference a
        catchClause
          parameter: objectPattern
            patternProperty shorthand
              key: propertyName message
              target: bindingIdentifier message
          body: blockStatement
            expressionStatement
              identifierReference b
        finally: blockStatement
          expressionStatement
            identifierReference c
      emptyStatement
      tryStatement
        block: blockStatement
        catchClause
          body: blockStatement
      """#)
  }

  @Test func `debugger and directives`() {
    expectTree(
      #"""
      "use strict"; "other"; debugger; "no directive"
      """#,
      #"""
      expressionStatement directive
        stringLiteral "use strict"
      expressionStatement directive
        stringLiteral "other"
      debuggerStatement
      expressionStatement
        stringLiteral "no directive"
      """#)
  }
}
