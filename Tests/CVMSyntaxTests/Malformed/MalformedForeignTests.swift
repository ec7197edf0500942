import CVMSyntax
import Testing

/// Programs with one thing wrong each: what is not supported, and what other languages have.
@Suite struct MalformedForeignTests {
  static let programs = MalformedProgram.table(
    #"""
    > import a from 'b'
    1:1-1:7 Modules are not supported: a program cannot `import`
    > import 'x'
    1:1-1:7 Modules are not supported: a program cannot `import`
    > import {a} from 'b'
    1:1-1:7 Modules are not supported: a program cannot `import`
    > import * as x from 'y'
    1:1-1:7 Modules are not supported: a program cannot `import`
    > export default function () {}
    1:1-1:7 Modules are not supported: a program cannot `export`
    > export {a}
    1:1-1:7 Modules are not supported: a program cannot `export`
    > export * from 'x'
    1:1-1:7 Modules are not supported: a program cannot `export`
    > import('x').then(f)
    1:1-1:7 Modules are not supported: a program cannot `import(...)`
    > import.meta.url
    1:1-1:7 Modules are not supported: there is no `import.meta`
    > with (Math) { x = cos(0) }
    1:1-1:5 `with` is not allowed in strict mode
    > enum Color { Red }
    1:1-1:5 `enum` is TypeScript, and this source is JavaScript
    > namespace N { let x = 1 }
    1:11-1:12 `namespace` is TypeScript, and this source is JavaScript
    > @decorate class A {}
    1:1-1:2 Decorators are not supported
    > class A { @decorate m() {} }
    1:11-1:12 Decorators are not supported
    > using x = y
    1:1-1:6 `using` declarations are not supported
    > <div>text</div>
    1:1-1:2 Expected an expression, found `<`
    > let x = <div />
    1:9-1:10 Expected an expression, found `<`
    > interface A { x: number }
    1:1-1:10 `interface` is TypeScript, and this source is JavaScript
    > type A = string
    1:6-1:7 `type` is TypeScript, and this source is JavaScript
    > let x = y as string
    1:11-1:13 `as` is TypeScript, and this source is JavaScript
    > let x = y!
    1:10-1:11 The operator `!` after an expression is TypeScript, and this source is JavaScript
    > abstract class A {}
    1:10-1:15 `abstract` is TypeScript, and this source is JavaScript
    > class A { private x = 1 }
    1:11-1:18 The modifier `private` is TypeScript, and this source is JavaScript
    > class A { constructor(private x) {} }
    1:23-1:30 `private` is a reserved word in strict mode
    > declare let x
    1:9-1:12 `declare` is TypeScript, and this source is JavaScript
    > let x = <string>y
    1:9-1:10 Expected an expression, found `<`
    > function f<T>(a) {}
    1:11-1:12 A type parameter list is TypeScript, and this source is JavaScript
    > x => { return <T>y }
    1:15-1:16 Expected an expression, found `<`
    > if x == 1:
    >     print(x)
    1:4-1:5 Expected `(` to begin the condition of `if`, found `x`
    > def f(x):
    >     return x
    1:5-1:6 Expected `;` or a new line after the expression, found `f`
    2:5-2:11 `return` outside of a function
    > let x := 1
    1:7-1:8 A type annotation is TypeScript, and this source is JavaScript
    > var x: int = 5
    1:6-1:7 A type annotation is TypeScript, and this source is JavaScript
    > fn main() {}
    1:4-1:8 Expected `;` or a new line after the expression, found `main`
    > print 'hello'
    1:7-1:14 Expected `;` or a new line after the expression, found the string 'hello'
    > x = 5 unless y
    1:7-1:13 Expected `;` or a new line after the expression, found `unless`
    > puts "a"
    1:6-1:9 Expected `;` or a new line after the expression, found the string "a"
    > let x = 1 and 2
    1:11-1:14 Expected `;` or a new line after the declaration, found `and`
    > if (x and y) {}
    1:7-1:10 Expected `)` to close the condition of `if`, found `and` [1:4 it is opened here]
    > not x
    1:5-1:6 Expected `;` or a new line after the expression, found `x`
    > x <> y
    1:4-1:5 Expected an expression, found `>`
    > elif (x) {}
    1:10-1:11 Expected `;` or a new line after the expression, found `{`
    > else if (x) {}
    1:1-1:5 `else` without an `if` before it
    > foreach (x in y) {}
    1:18-1:19 Expected `;` or a new line after the expression, found `{`
    > x is y
    1:3-1:5 Expected `;` or a new line after the expression, found `is`
    > function f() begin end
    1:14-1:19 Expected `{` to begin the function body, found `begin`
    > x++ ++
    1:5-1:7 Expected `;` or a new line after the expression, found `++`
    > a ||| b
    1:5-1:6 Expected an expression, found `|`
    > a <= = b
    1:6-1:7 Expected an expression, found `=`
    > x = [1; 2]
    1:7-1:8 Expected `]` to close the array, found `;` [1:5 it is opened here]
    > x = (1; 2)
    1:7-1:8 Expected `)` to close the parentheses, found `;` [1:5 it is opened here]
    > f(1; 2)
    1:4-1:5 Expected `)` to close the argument list, found `;` [1:2 it is opened here]
    > ${x}
    1:2-1:3 Expected `;` or a new line after the expression, found `{`
    > `${}`
    1:4-1:5 Expected an expression, found `}`
    > `${a b}`
    1:6-1:7 Expected `}` to close the substitution in the template, found `b`
    > `${`
    1:4-1:5 The template is not closed: expected a backtick
    > #!/usr/bin/env node
    > let x = ;
    2:9-2:10 Expected an expression, found `;`
    > <!-- comment
    1:1-1:2 Expected an expression, found `<`
    > x = 1 --> 2
    1:5-1:6 `--` needs a variable or property, not a literal
    """#)

  @Test(arguments: programs)
  func `the finding names place and reason`(program: MalformedProgram) {
    #expect(findings(program.source) == program.findings)
  }
}
