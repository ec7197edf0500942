import CVMSyntax
import Testing

@Suite("What is wrong with the rest")
struct SyntaxErrorTests {
  static let programs = MalformedProgram.table(
    #"""
    > import x from "y"
    1:1-1:7 Modules are not supported: a program cannot `import`
    > import("x")
    1:1-1:7 Modules are not supported: a program cannot `import(...)`
    > import.meta
    1:1-1:7 Modules are not supported: there is no `import.meta`
    > export const a = 1
    1:1-1:7 Modules are not supported: a program cannot `export`
    > export default 1
    1:1-1:7 Modules are not supported: a program cannot `export`
    > l\u0065t x = 1
    1:1-1:9 `let` is a reserved word in strict mode
    > v\u0061r x
    1:1-1:9 The keyword `var` must not contain an escape sequence
    > ({if})
    1:3-1:5 The keyword `if` cannot be a variable; write `if: value`
    > ({"a"})
    1:6-1:7 Expected `:` after the property name, found `}`
    > ({1})
    1:4-1:5 Expected `:` after the property name, found `}`
    > class { }
    1:7-1:8 Expected a name, found `{`
    > class A extends B, C {}
    1:18-1:19 Expected `{` to begin the class body, found `,`
    > class A { a b }
    1:13-1:14 Expected `;` or a new line after the class field, found `b`
    > class A { async *constructor() {} }
    1:18-1:29 A constructor cannot be a getter, setter, generator or async function
    > a b
    1:3-1:4 Expected `;` or a new line after the expression, found `b`
    > a ? b
    1:6-1:6 Expected `:` after the first branch of `?:`, found the end of the source
    > a ? b : 
    1:9-1:9 Expected an expression, found the end of the source
    > (a
    1:3-1:3 Expected `)` to close the parentheses, found the end of the source [1:1 it is opened here]
    > x = {a: 1, b: }
    1:15-1:16 Expected an expression, found `}`
    > switch (1) { foo }
    1:14-1:17 Expected `case`, `default` or the `}` that ends the `switch`, found `foo`
    > switch (1) { default: default: }
    1:23-1:30 A `switch` can have only one `default` [1:14 the first one is here]
    > try {}
    1:7-1:7 Expected `catch` or `finally` after the `try` block, found the end of the source
    > try {} catch { } foo catch
    1:22-1:27 Expected `;` or a new line after the expression, found `catch`
    > else
    1:1-1:5 `else` without an `if` before it
    > case 1:
    1:1-1:5 `case` outside of a `switch`
    > }
    1:1-1:2 There is nothing open that `}` could close
    > )
    1:1-1:2 There is nothing open that `)` could close
    > ]
    1:1-1:2 There is nothing open that `]` could close
    > a => {} ()
    1:9-1:10 Expected `;` or a new line after the expression, found `(`
    > @dec class A {}
    1:1-1:2 Decorators are not supported
    > #a
    1:1-1:3 A private name stands only after a dot, before `in`, or as a class member
    > #a in b
    1:1-1:3 `#a` is not declared in a class around it
    > class A { #a; m() { 1 + #a in b } }
    1:25-1:27 A private name stands only after a dot, before `in`, or as a class member
    > function () {}
    1:10-1:11 Expected a name, found `(`
    > function f( {}
    1:15-1:15 Expected `)` to close the parameter list, found the end of the source [1:11 it is opened here]
    > function f() 
    1:14-1:14 Expected `{` to begin the function body, found the end of the source
    > let [a
    1:7-1:7 Expected `]` to close the array pattern, found the end of the source [1:5 it is opened here]
    > let {a
    1:7-1:7 Expected `}` to close the object pattern, found the end of the source [1:5 it is opened here]
    > let {a: } = b
    1:9-1:10 Expected a name, found `}`
    > let {a b} = c
    1:8-1:9 Expected `}` to close the object pattern, found `b` [1:5 it is opened here]
    > let [a] 
    1:5-1:8 A pattern in a declaration needs a value to take apart: `= ...`
    > var a = 1 b = 2
    1:11-1:12 Expected `;` or a new line after the declaration, found `b`
    > x = 1 y = 2
    1:7-1:8 Expected `;` or a new line after the expression, found `y`
    > if x { }
    1:4-1:5 Expected `(` to begin the condition of `if`, found `x`
    > for (;;
    1:8-1:8 Expected an expression, found the end of the source
    > for (let i = 0; i < 10; i++
    1:28-1:28 Expected `)` to close the head of `for`, found the end of the source [1:5 it is opened here]
    > while () {}
    1:8-1:9 Expected an expression, found `)`
    > "use strict"; 010
    1:15-1:18 A number cannot begin with `0` and another digit in strict mode: `010`; octal is `0o...`
    > async () => { for (await of x) ; }
    1:29-1:30 Expected `;` after the first part of the head of `for`, found `x`
    > ({async *a})
    1:11-1:12 Expected `(` to begin the parameter list, found `}`
    > ({get a: 1})
    1:8-1:9 Expected `(` to begin the parameter list, found `:`
    > x\u{0}
    1:2-1:7 Expected a Unicode escape `\uXXXX` of a letter in the name
    > a\b
    1:2-1:3 Expected a Unicode escape `\uXXXX` of a letter in the name
    > € = 1
    1:1-1:2 Unexpected character `€` (U+20AC)
    > let a  = 1, ;
    1:13-1:14 Expected a name, found `;`
    > \u0061wait: 1; async () => { aw\u0061it x }
    1:30-1:40 The keyword `await` must not contain an escape sequence
    > function* g() { yield
    > * 2 }
    2:1-2:2 Expected an expression, found `*`
    > label: let x
    1:8-1:11 A `let` declaration needs a block `{ ... }` around it here
    > for (async of []) ;
    1:6-1:11 `async` cannot begin the head of a `for ... of` loop
    > ({ a: b => {} = 1 })
    1:15-1:16 Expected `}` to close the object, found `=` [1:2 it is opened here]
    > `a${b`
    1:6-1:7 The template is not closed: expected a backtick
    > `a${b}
    1:6-1:7 The template is not closed: expected a backtick
    > `a${}`
    1:5-1:6 Expected an expression, found `}`
    > let x = `a${1 2}`
    1:15-1:16 Expected `}` to close the substitution in the template, found the number `2`
    > function f() {
    >   let a = ;
    >   let b = 1
    > }
    > let c = = 2
    > foo()
    2:11-2:12 Expected an expression, found `;`
    5:9-5:10 Expected an expression, found `=`
    > if (a) {
    >   b(
    > }
    > let d = 1
    3:1-3:2 Expected an expression, found `}`
    > let x = 1;
    > let y = 2;
    > let x = 3
    3:5-3:6 `x` has already been declared [1:5 `x` is first declared here]
    > let s = "日本"; 日 + ;
    1:19-1:20 Expected an expression, found `;`
    > 	let  1
    1:7-1:8 Expected a name, found the number `1`
    """#)

  @Test(arguments: programs) func `a malformed program is refused at the right place`(program: MalformedProgram) {
    #expect(findings(program.source) == program.findings)
  }
}
