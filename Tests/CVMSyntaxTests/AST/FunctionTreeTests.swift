import CVMSyntax
import Testing

@Suite("Trees of functions and classes")
struct FunctionTreeTests {
  @Test func `declarations and expressions`() {
    expectTree(
      #"""
      function a(b, c = 1, ...d) { return b } (function e() {})
      """#,
      #"""
      functionDeclaration
        name: bindingIdentifier a
        parameter: bindingIdentifier b
        parameter: defaultedTarget
          target: bindingIdentifier c
          default: numberLiteral 1.0
        parameter: restElement
          bindingIdentifier d
        returnStatement
          identifierReference b
      expressionStatement
        functionExpression parenthesized
          name: bindingIdentifier e
      """#)
  }

  @Test func `arrow functions of every form`() {
    expectTree(
      #"""
      a => a; () => {}; (b, {c}, [d] = []) => ({}); async e => await e; async (f, ...g) => {}
      """#,
      #"""
      expressionStatement
        arrowFunction
          parameter: bindingIdentifier a
          body: identifierReference a
      expressionStatement
        arrowFunction
      expressionStatement
        arrowFunction
          parameter: bindingIdentifier b
          parameter: objectPattern
            patternProperty shorthand
              key: propertyName c
              target: bindingIdentifier c
          parameter: defaultedTarget
            target: arrayPattern
              bindingIdentifier d
            default: arrayLiteral
          body: objectLiteral parenthesized
      expressionStatement
        arrowFunction async [await]
          parameter: bindingIdentifier e
          body: awaitExpression
            identifierReference e
      expressionStatement
        arrowFunction async
          parameter: bindingIdentifier f
          parameter: restElement
            bindingIdentifier g
      """#)
  }

  @Test func `generators and async functions`() {
    expectTree(
      #"""
      function* a() { yield; yield b; yield* c } async function d() { for await (e of f) await e }
      """#,
      #"""
      functionDeclaration generator [yield]
        name: bindingIdentifier a
        expressionStatement
          yieldExpression
        expressionStatement
          yieldExpression
            identifierReference b
        expressionStatement
          yieldExpression *
            identifierReference c
      functionDeclaration async [await]
        name: bindingIdentifier d
        forOfStatement await
          target: identifierReference e
          subject: identifierReference f
          body: expressionStatement
            awaitExpression
              identifierReference e
      """#)
  }

  @Test func `facts tell what a function uses`() {
    expectTree(
      #"""
      function a() { this.b; arguments; () => new.target } class C { m() { return () => super.x } }
      """#,
      #"""
      functionDeclaration [this arguments new.target functions]
        name: bindingIdentifier a
        expressionStatement
          member .b
            object: thisExpression
        expressionStatement
          identifierReference arguments
        expressionStatement
          arrowFunction [new.target]
            body: newTarget
      classDeclaration
        name: bindingIdentifier C
        classMethod method
          key: propertyName m
          function: functionExpression method [this super functions]
            returnStatement
              arrowFunction [this super]
                body: superMember x
      """#)
  }

  @Test func `an arrow in an arrow passes its facts on`() {
    expectTree(
      #"""
      () => () => this
      """#,
      #"""
      expressionStatement
        arrowFunction [this functions]
          body: arrowFunction [this]
            body: thisExpression
      """#)
  }

  @Test func `classes with fields, methods and accessors`() {
    expectTree(
      #"""
      class A extends B { x = 1; static y; "z"; #p = 2; [q]; m() {} static get v() { return 1 } set v(w) {} async *#g() {} }
      """#,
      #"""
      classDeclaration
        name: bindingIdentifier A
        extends: identifierReference B
        classField
          key: propertyName x
          value: numberLiteral 1.0
        classField static
          key: propertyName y
        classField
          key: stringLiteral "z"
        classField
          key: privateName #p
          value: numberLiteral 2.0
        classField
          key: computedName
            identifierReference q
        classMethod method
          key: propertyName m
          function: functionExpression method
        classMethod static getter
          key: propertyName v
          function: functionExpression getter
            returnStatement
              numberLiteral 1.0
        classMethod setter
          key: propertyName v
          function: functionExpression setter
            parameter: bindingIdentifier w
        classMethod method
          key: privateName #g
          function: functionExpression method async generator
      """#)
  }

  @Test func `constructors stand apart`() {
    expectTree(
      #"""
      class A { constructor(a) { this.a = a } } class B extends A { constructor() { super(1); super.m(); super["n"] } }
      """#,
      #"""
      classDeclaration
        name: bindingIdentifier A
        constructor: functionExpression constructor [this]
          parameter: bindingIdentifier a
          expressionStatement
            assignment =
              target: member .a
                object: thisExpression
              value: identifierReference a
      classDeclaration
        name: bindingIdentifier B
        extends: identifierReference A
        constructor: functionExpression derivedConstructor [this super super() new.target]
          expressionStatement
            superCall
              numberLiteral 1.0
          expressionStatement
            call
              callee: superMember m
          expressionStatement
            superIndex
              stringLiteral "n"
      """#)
  }

  @Test func `static blocks and private names`() {
    expectTree(
      #"""
      class A { static { this.#a = 1 } static #a; static has(o) { return #a in o && o?.#a } }
      """#,
      #"""
      classDeclaration
        name: bindingIdentifier A
        classStaticBlock [this]
          expressionStatement
            assignment =
              target: privateMember .#a
                object: thisExpression
              value: numberLiteral 1.0
        classField static
          key: privateName #a
        classMethod static method
          key: propertyName has
          function: functionExpression method
            parameter: bindingIdentifier o
            returnStatement
              logical &&
                left: privateIn #a
                  object: identifierReference o
                right: optionalChain
                  privateMember ?.#a
                    object: identifierReference o
      """#)
  }

  @Test func `class expressions`() {
    expectTree(
      #"""
      (class {}); (class A extends (b, c) {})
      """#,
      #"""
      expressionStatement
        classExpression parenthesized
      expressionStatement
        classExpression parenthesized
          name: bindingIdentifier A
          extends: sequence parenthesized
            identifierReference b
            identifierReference c
      """#)
  }
}
