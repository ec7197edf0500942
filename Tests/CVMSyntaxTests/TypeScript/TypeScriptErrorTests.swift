import CVMSyntax
import Testing

@Suite("What is wrong with TypeScript")
struct TypeScriptErrorTests {
  static let programs = MalformedProgram.table(
    #"""
    > enum A { X }
    1:1-1:5 `enum` needs code generation, which is not supported: types are only erased
    > const enum B { Y }
    1:7-1:11 `enum` needs code generation, which is not supported: types are only erased
    > namespace N { const x = 1; }
    1:1-1:10 `namespace` needs code generation, which is not supported: types are only erased
    > class C { constructor(private x: number) {} }
    1:23-1:30 `parameter property` needs code generation, which is not supported: types are only erased
    > import x = require("x");
    1:12-1:19 `import =` needs code generation, which is not supported: types are only erased
    > @dec class D {}
    1:1-1:2 Decorators are not supported
    > import { y } from "y";
    1:1-1:7 Modules are not supported: a program cannot `import`
    > export const z = 1;
    1:1-1:7 Modules are not supported: a program cannot `export`
    > let x: = 1
    1:8-1:9 Expected a type, found `=`
    > let x: Map<string = 1
    1:19-1:20 Expected `>` to close the type arguments, found `=`
    > type X = ;
    1:10-1:11 Expected a type, found `;`
    > interface X { a b }
    1:17-1:18 Expected `}` to close the members of the type, found `b` [1:13 it is opened here]
    > function f(a: string b) {}
    1:22-1:23 Expected `)` to close the parameter list, found `b` [1:11 it is opened here]
    > let f: (a: number) = 1
    1:20-1:21 Expected `=>` after the parameters of the function type, found `=`
    > (a: number)
    1:3-1:4 Expected `,` or `)`, found a type annotation
    > x as ;
    1:6-1:7 Expected a type, found `;`
    > let x: A extends B ? C
    1:23-1:23 Expected `:` after the first branch of the conditional type, found the end of the source
    > abstract class A { abstract m() { } }
    1:29-1:30 An abstract method cannot have a body
    > class A { accessor x = 1 }
    1:11-1:19 `accessor` fields are not supported
    > let x: [a
    1:10-1:10 Expected `]` to close the tuple type, found the end of the source [1:8 it is opened here]
    > let x: { a: string
    1:19-1:19 Expected `}` to close the members of the type, found the end of the source [1:8 it is opened here]
    """#)

  @Test(arguments: programs) func `a malformed TypeScript program is refused at the right place`(
    program: MalformedProgram
  ) {
    #expect(findings(program.source, ParseOptions(dialect: .typeScript)) == program.findings)
  }
}
