import CVMSyntax
import Testing

@Suite("Trees of self-hosted sources")
struct IntrinsicTreeTests {
  @Test func `an intrinsic call has a name and arguments`() {
    expectTree(
      #"""
      let a = %ToObject(b, 1) % 2; %Throw()
      """#,
      #"""
      variableDeclaration let
        variableDeclarator
          target: bindingIdentifier a
          value: binary %
            left: intrinsicCall %ToObject
              argument: identifierReference b
              argument: numberLiteral 1.0
            right: numberLiteral 2.0
      expressionStatement
        intrinsicCall %Throw
      """#,
      ParseOptions(selfHosted: true))
  }
}
