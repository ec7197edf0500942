import CVMSyntax
import Testing

@Suite("Types in JavaScript")
struct TypeScriptInJavaScriptTests {
  static let programs = MalformedProgram.table(
    #"""
    > let x: number = 1
    1:6-1:7 A type annotation is TypeScript, and this source is JavaScript
    > function f(a: string) {}
    1:13-1:14 A type annotation is TypeScript, and this source is JavaScript
    > function g(a?: string) {}
    1:13-1:14 An optional parameter is TypeScript, and this source is JavaScript
    > interface Foo { a: 1 }
    1:1-1:10 `interface` is TypeScript, and this source is JavaScript
    > type X = string;
    1:6-1:7 `type` is TypeScript, and this source is JavaScript
    > const y = z as any
    1:13-1:15 `as` is TypeScript, and this source is JavaScript
    > y satisfies Z
    1:3-1:12 `satisfies` is TypeScript, and this source is JavaScript
    > const w = (a: number) => a
    1:13-1:14 A type annotation is TypeScript, and this source is JavaScript
    > enum Q { A }
    1:1-1:5 `enum` is TypeScript, and this source is JavaScript
    > class A implements B {}
    1:9-1:19 `implements` is TypeScript, and this source is JavaScript
    > class B { private x = 1 }
    1:11-1:18 The modifier `private` is TypeScript, and this source is JavaScript
    > class C { x: number }
    1:12-1:13 A type annotation is TypeScript, and this source is JavaScript
    > function h<T>(x) {}
    1:11-1:12 A type parameter list is TypeScript, and this source is JavaScript
    > x!.y
    1:2-1:3 The operator `!` after an expression is TypeScript, and this source is JavaScript
    > function i(): void {}
    1:13-1:14 A return type is TypeScript, and this source is JavaScript
    > let q = (a?: number) => 1
    1:12-1:13 An optional parameter is TypeScript, and this source is JavaScript
    > abstract class Z {}
    1:10-1:15 `abstract` is TypeScript, and this source is JavaScript
    > declare const x
    1:9-1:14 `declare` is TypeScript, and this source is JavaScript
    > namespace N { }
    1:11-1:12 `namespace` is TypeScript, and this source is JavaScript
    """#)

  @Test(arguments: programs) func `type syntax in JavaScript is named as such`(program: MalformedProgram) {
    #expect(findings(program.source) == program.findings)
  }
}
