import CVMSyntax
import Testing

@Suite("Types vanish")
struct TypeErasureTests {
  @Test func `annotations of variables and functions`() {
    expectTree(
      #"""
      let a: number = 1, b!: string, c: Map<string, () => void>;
      function f<T extends object>(this: Foo, x?: T, y: number = 2, ...z: T[]): x is T { }
      """#,
      #"""
      variableDeclaration let
        variableDeclarator
          target: bindingIdentifier a
          value: numberLiteral 1.0
        variableDeclarator
          target: bindingIdentifier b
        variableDeclarator
          target: bindingIdentifier c
      functionDeclaration
        name: bindingIdentifier f
        parameter: bindingIdentifier x
        parameter: defaultedTarget
          target: bindingIdentifier y
          default: numberLiteral 2.0
        parameter: restElement
          bindingIdentifier z
      """#,
      ParseOptions(dialect: .typeScript))
  }

  @Test func `annotations of arrow functions`() {
    expectTree(
      #"""
      (a: number, b?: string, {c}: {c: 1} = d, ...e: any[]): Promise<void> => a; <T>(x: T) => x; async <T,>(x: T): Promise<T> => x
      """#,
      #"""
      expressionStatement
        arrowFunction
          parameter: bindingIdentifier a
          parameter: bindingIdentifier b
          parameter: defaultedTarget
            target: objectPattern
              patternProperty shorthand
                key: propertyName c
                target: bindingIdentifier c
            default: identifierReference d
          parameter: restElement
            bindingIdentifier e
          body: identifierReference a
      expressionStatement
        arrowFunction
          parameter: bindingIdentifier x
          body: identifierReference x
      expressionStatement
        arrowFunction async
          parameter: bindingIdentifier x
          body: identifierReference x
      """#,
      ParseOptions(dialect: .typeScript))
  }

  @Test func `as, satisfies, non-null and angle brackets`() {
    expectTree(
      #"""
      (a as any as B).c; d satisfies E; f!.g![0]!(); <any>h; i = j as const; k! = 1; l!++
      """#,
      #"""
      expressionStatement
        member .c
          object: identifierReference a parenthesized
      expressionStatement
        identifierReference d
      expressionStatement
        call
          callee: index
            object: member .g
              object: identifierReference f
            key: numberLiteral 0.0
      expressionStatement
        identifierReference h
      expressionStatement
        assignment =
          target: identifierReference i
          value: identifierReference j
      expressionStatement
        assignment =
          target: identifierReference k
          value: numberLiteral 1.0
      expressionStatement
        update ++
          identifierReference l
      """#,
      ParseOptions(dialect: .typeScript))
  }

  @Test func `type arguments of calls`() {
    expectTree(
      #"""
      f<number>(1); new Map<string, Array<number>>(); tag<A>`x`; a?.<B>(1); g<Bar<Baz<Qux>>>(1)
      """#,
      #"""
      expressionStatement
        call
          callee: identifierReference f
          argument: numberLiteral 1.0
      expressionStatement
        newExpression
          callee: identifierReference Map
      expressionStatement
        taggedTemplate
          tag: identifierReference tag
          templateLiteral
            templateElement "x"
      expressionStatement
        optionalChain
          call ?.
            callee: identifierReference a
            argument: numberLiteral 1.0
      expressionStatement
        call
          callee: identifierReference g
          argument: numberLiteral 1.0
      """#,
      ParseOptions(dialect: .typeScript))
  }

  @Test func `comparisons stay comparisons`() {
    expectTree(
      #"""
      a < b; a < b > c; f(a < b, c > d); a < (b >> 1)
      """#,
      #"""
      expressionStatement
        binary <
          left: identifierReference a
          right: identifierReference b
      expressionStatement
        binary >
          left: binary <
            left: identifierReference a
            right: identifierReference b
          right: identifierReference c
      expressionStatement
        call
          callee: identifierReference f
          argument: binary <
            left: identifierReference a
            right: identifierReference b
          argument: binary >
            left: identifierReference c
            right: identifierReference d
      expressionStatement
        binary <
          left: identifierReference a
          right: binary >> parenthesized
            left: identifierReference b
            right: numberLiteral 1.0
      """#,
      ParseOptions(dialect: .typeScript))
  }

  @Test func `conditionals with arrow functions`() {
    expectTree(
      #"""
      a ? (b) : c => d; e ? (f: g): h => i : j; k ? (l) => m : n
      """#,
      #"""
      expressionStatement
        conditional
          test: identifierReference a
          then: identifierReference b parenthesized
          else: arrowFunction
            parameter: bindingIdentifier c
            body: identifierReference d
      expressionStatement
        conditional
          test: identifierReference e
          then: arrowFunction
            parameter: bindingIdentifier f
            body: identifierReference i
          else: identifierReference j
      expressionStatement
        conditional
          test: identifierReference k
          then: arrowFunction
            parameter: bindingIdentifier l
            body: identifierReference m
          else: identifierReference n
      """#,
      ParseOptions(dialect: .typeScript))
  }

  @Test func `interfaces, types and declarations are gone`() {
    expectTree(
      #"""
      interface A<T> extends B, C<T> { (x: number): string; new (): A; readonly [k: string]: any; m?(): void }
      type D<T> = T extends (infer U extends string)[] ? U : never
      declare const E: unique symbol; declare function F(): void; declare module "g" { }
      export type H = 1; import type { I } from "i"; import { type J } from "j"; abstract class K { }
      """#,
      #"""
      classDeclaration
        name: bindingIdentifier K
      """#,
      ParseOptions(dialect: .typeScript))
  }

  @Test func `overload signatures are gone`() {
    expectTree(
      #"""
      function f(a: string): void; function f(a: number): void; function f(a: any) { }
      class A { m(): void; m(x?: number) { } constructor(a: string); constructor(a: any) { } }
      """#,
      #"""
      functionDeclaration
        name: bindingIdentifier f
        parameter: bindingIdentifier a
      classDeclaration
        name: bindingIdentifier A
        constructor: functionExpression constructor
          parameter: bindingIdentifier a
        classMethod method
          key: propertyName m
          function: functionExpression method
            parameter: bindingIdentifier x
      """#,
      ParseOptions(dialect: .typeScript))
  }

  @Test func `class members lose their modifiers`() {
    expectTree(
      #"""
      class A<T> extends B<T> implements C, D<T> { private readonly a: number = 1; static b?: string; declare c: number; #d!: T; [k: string]: any; abstract e(): void; protected override f<U>(x?: U): x is U { } public static async *g(): any { } }
      """#,
      #"""
      classDeclaration
        name: bindingIdentifier A
        extends: identifierReference B
        classField
          key: propertyName a
          value: numberLiteral 1.0
        classField static
          key: propertyName b
        classField
          key: privateName #d
        classMethod method
          key: propertyName f
          function: functionExpression method
            parameter: bindingIdentifier x
        classMethod static method
          key: propertyName g
          function: functionExpression method async generator
      """#,
      ParseOptions(dialect: .typeScript))
  }

  @Test func `types of every form parse`() {
    expectTree(
      #"""
      let a: string | null & {} , b: [x: number, y?: string, ...z: boolean[]], c: typeof d.e, f: keyof G[], h: { readonly [K in keyof T as `g${K}`]-?: T[K] }, i: new (...a: any[]) => void, j: abstract new () => k, l: import("m").N<O>, p: `a${string}b`, q: -1 | 1n | "x" | true, r: A extends B ? C : D, s: asserts
      """#,
      #"""
      variableDeclaration let
        variableDeclarator
          target: bindingIdentifier a
        variableDeclarator
          target: bindingIdentifier b
        variableDeclarator
          target: bindingIdentifier c
        variableDeclarator
          target: bindingIdentifier f
        variableDeclarator
          target: bindingIdentifier h
        variableDeclarator
          target: bindingIdentifier i
        variableDeclarator
          target: bindingIdentifier j
        variableDeclarator
          target: bindingIdentifier l
        variableDeclarator
          target: bindingIdentifier p
        variableDeclarator
          target: bindingIdentifier q
        variableDeclarator
          target: bindingIdentifier r
        variableDeclarator
          target: bindingIdentifier s
      """#,
      ParseOptions(dialect: .typeScript))
  }

  @Test func `words of types stay names`() {
    expectTree(
      #"""
      let type = 1, as = 2, declare, abstract, namespace, satisfies; type = as; declare; abstract
      namespace; as as as; type
      x = 1
      """#,
      #"""
      variableDeclaration let
        variableDeclarator
          target: bindingIdentifier type
          value: numberLiteral 1.0
        variableDeclarator
          target: bindingIdentifier as
          value: numberLiteral 2.0
        variableDeclarator
          target: bindingIdentifier declare
        variableDeclarator
          target: bindingIdentifier abstract
        variableDeclarator
          target: bindingIdentifier namespace
        variableDeclarator
          target: bindingIdentifier satisfies
      expressionStatement
        assignment =
          target: identifierReference type
          value: identifierReference as
      expressionStatement
        identifierReference declare
      expressionStatement
        identifierReference abstract
      expressionStatement
        identifierReference namespace
      expressionStatement
        identifierReference as
      expressionStatement
        identifierReference type
      expressionStatement
        assignment =
          target: identifierReference x
          value: numberLiteral 1.0
      """#,
      ParseOptions(dialect: .typeScript))
  }
}
