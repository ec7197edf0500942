import CVMSyntax
import Testing

@Suite("Trees of operators")
struct OperatorTreeTests {
  @Test func `precedence groups operators`() {
    expectTree(
      #"""
      a + b * c - d
      """#,
      #"""
      expressionStatement
        binary -
          left: binary +
            left: identifierReference a
            right: binary *
              left: identifierReference b
              right: identifierReference c
          right: identifierReference d
      """#)
  }

  @Test func `exponents group to the right`() {
    expectTree(
      #"""
      a ** b ** c
      """#,
      #"""
      expressionStatement
        binary **
          left: identifierReference a
          right: binary **
            left: identifierReference b
            right: identifierReference c
      """#)
  }

  @Test func `parentheses are marked`() {
    expectTree(
      #"""
      (a + b) * c
      """#,
      #"""
      expressionStatement
        binary *
          left: binary + parenthesized
            left: identifierReference a
            right: identifierReference b
          right: identifierReference c
      """#)
  }

  @Test func `unary and update operators`() {
    expectTree(
      #"""
      -a; !b; ~c; +d; typeof e; void f; delete g.h; ++i; j--
      """#,
      #"""
      expressionStatement
        unary -
          identifierReference a
      expressionStatement
        unary !
          identifierReference b
      expressionStatement
        unary ~
          identifierReference c
      expressionStatement
        unary +
          identifierReference d
      expressionStatement
        unary typeof
          identifierReference e
      expressionStatement
        unary void
          identifierReference f
      expressionStatement
        unary delete
          member .h
            object: identifierReference g
      expressionStatement
        update prefix ++
          identifierReference i
      expressionStatement
        update --
          identifierReference j
      """#)
  }

  @Test func `comparisons and bit operators`() {
    expectTree(
      #"""
      a < b == c & d | e ^ f; a << 1 >> 2 >>> 3; a instanceof B; "x" in y
      """#,
      #"""
      expressionStatement
        binary |
          left: binary &
            left: binary ==
              left: binary <
                left: identifierReference a
                right: identifierReference b
              right: identifierReference c
            right: identifierReference d
          right: binary ^
            left: identifierReference e
            right: identifierReference f
      expressionStatement
        binary >>>
          left: binary >>
            left: binary <<
              left: identifierReference a
              right: numberLiteral 1.0
            right: numberLiteral 2.0
          right: numberLiteral 3.0
      expressionStatement
        binary instanceof
          left: identifierReference a
          right: identifierReference B
      expressionStatement
        binary in
          left: stringLiteral "x"
          right: identifierReference y
      """#)
  }

  @Test func `logical operators`() {
    expectTree(
      #"""
      a && b || c; a ?? b
      """#,
      #"""
      expressionStatement
        logical ||
          left: logical &&
            left: identifierReference a
            right: identifierReference b
          right: identifierReference c
      expressionStatement
        logical ??
          left: identifierReference a
          right: identifierReference b
      """#)
  }

  @Test func `assignments of every kind`() {
    expectTree(
      #"""
      a = b; c += d; e ||= f; g ??= h; i >>>= j; k = l = m
      """#,
      #"""
      expressionStatement
        assignment =
          target: identifierReference a
          value: identifierReference b
      expressionStatement
        assignment +=
          target: identifierReference c
          value: identifierReference d
      expressionStatement
        assignment ||=
          target: identifierReference e
          value: identifierReference f
      expressionStatement
        assignment ??=
          target: identifierReference g
          value: identifierReference h
      expressionStatement
        assignment >>>=
          target: identifierReference i
          value: identifierReference j
      expressionStatement
        assignment =
          target: identifierReference k
          value: assignment =
            target: identifierReference l
            value: identifierReference m
      """#)
  }

  @Test func `conditionals nest in the last branch`() {
    expectTree(
      #"""
      a ? b : c ? d : e
      """#,
      #"""
      expressionStatement
        conditional
          test: identifierReference a
          then: identifierReference b
          else: conditional
            test: identifierReference c
            then: identifierReference d
            else: identifierReference e
      """#)
  }

  @Test func `commas make one sequence`() {
    expectTree(
      #"""
      a, b, c
      """#,
      #"""
      expressionStatement
        sequence
          identifierReference a
          identifierReference b
          identifierReference c
      """#)
  }

  @Test func `member access, index and call`() {
    expectTree(
      #"""
      a.b[c](d, ...e)
      """#,
      #"""
      expressionStatement
        call
          callee: index
            object: member .b
              object: identifierReference a
            key: identifierReference c
          argument: identifierReference d
          argument: spreadElement
            identifierReference e
      """#)
  }

  @Test func `new binds before calls`() {
    expectTree(
      #"""
      new A.B(c)(d); new E; new (f())
      """#,
      #"""
      expressionStatement
        call
          callee: newExpression
            callee: member .B
              object: identifierReference A
            argument: identifierReference c
          argument: identifierReference d
      expressionStatement
        newExpression
          callee: identifierReference E
      expressionStatement
        newExpression
          callee: call parenthesized
            callee: identifierReference f
      """#)
  }

  @Test func `an optional chain is wrapped where it ends`() {
    expectTree(
      #"""
      a?.b.c(d)?.[e]; (f?.g).h; i?.()
      """#,
      #"""
      expressionStatement
        optionalChain
          index ?.
            object: call
              callee: member .c
                object: member ?.b
                  object: identifierReference a
              argument: identifierReference d
            key: identifierReference e
      expressionStatement
        member .h
          object: optionalChain parenthesized
            member ?.g
              object: identifierReference f
      expressionStatement
        optionalChain
          call ?.
            callee: identifierReference i
      """#)
  }
}
