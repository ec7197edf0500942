import CVMSyntax
import Testing

/// Programs with one thing wrong each: classes.
@Suite struct MalformedClassTests {
  static let programs = MalformedProgram.table(
    #"""
    > class
    1:6-1:6 Expected a name, found the end of the source
    > class {}
    1:7-1:8 Expected a name, found `{`
    > class A
    1:8-1:8 Expected `{` to begin the class body, found the end of the source
    > class A {
    1:10-1:10 Expected `}` to close the class body, found the end of the source [1:9 it is opened here]
    > class A extends {}
    1:19-1:19 Expected `{` to begin the class body, found the end of the source
    > class A extends B
    1:18-1:18 Expected `{` to begin the class body, found the end of the source
    > class A extends a ? b : c {}
    1:19-1:20 Expected `{` to begin the class body, found `?`
    > class A extends () => {} {}
    1:17-1:19 Expected an expression in the parentheses, or `=>` after them
    > class A { x y }
    1:13-1:14 Expected `;` or a new line after the class field, found `y`
    > class A { x = }
    1:15-1:16 Expected an expression, found `}`
    > class A { m( }
    1:14-1:15 Expected a name, found `}`
    > class A { m() }
    1:15-1:16 Expected `{` to begin the function body, found `}`
    > class A { m() {} , n() {} }
    1:18-1:19 Expected a property name, found `,`
    > class A { m: function () {} }
    1:12-1:13 A type annotation is TypeScript, and this source is JavaScript
    > class A { get x(a) {} }
    1:11-1:19 A getter has no parameters
    > class A { set x() {} }
    1:11-1:18 A setter has exactly one parameter, and no rest parameter
    > class A { *constructor() {} }
    1:12-1:23 A constructor cannot be a getter, setter, generator or async function
    > class A { async constructor() {} }
    1:17-1:28 A constructor cannot be a getter, setter, generator or async function
    > class A { 'constructor' = 1 }
    1:11-1:24 A field cannot be named `constructor`
    > class A { #x; #x }
    1:15-1:17 `#x` has already been declared [1:11 `#x` is first declared here]
    > class A { get #x() {} get #x() {} }
    1:27-1:29 `#x` has already been declared [1:15 `#x` is first declared here]
    > class A { static get #x() {} set #x(v) {} }
    1:34-1:36 `#x` has already been declared [1:22 `#x` is first declared here]
    > class A { m() { this.#y } }
    1:22-1:24 `#y` is not declared in a class around it
    > this.#x
    1:6-1:8 `#x` is not declared in a class around it
    > class A { #x; m() { delete this.#x } }
    1:28-1:35 A private member cannot be deleted
    > class A { #x; m() { delete a?.#x } }
    1:28-1:33 A private member cannot be deleted
    > class A { static { arguments } }
    1:20-1:29 `arguments` is not allowed in a field initializer or static block
    > class A { static { return } }
    1:20-1:26 `return` outside of a function
    > class A { static { break } }
    1:20-1:25 `break` outside of a loop or `switch`
    > while (1) { class A { static { break } } }
    1:32-1:37 `break` outside of a loop or `switch`
    > class A { static { var a; let a } }
    1:31-1:32 `a` has already been declared [1:24 `a` is first declared here]
    > class A extends B { x = super() }
    1:25-1:30 `super(...)` is allowed only in the constructor of a class with `extends`
    > class A { static { super() } }
    1:20-1:25 `super(...)` is allowed only in the constructor of a class with `extends`
    > class A { # x }
    1:11-1:12 Unexpected character `#` (U+0023)
    > class A { #x in a }
    1:14-1:16 Expected `;` or a new line after the class field, found `in`
    > class A { let x = 1 }
    1:11-1:14 A member of a class is declared without `let`
    > class A { const x = 1 }
    1:11-1:16 A member of a class is declared without `const`
    > class A { var x }
    1:11-1:14 A member of a class is declared without `var`
    > class A { function m() {} }
    1:11-1:19 A member of a class is declared without `function`
    > class A { this.x = 1 }
    1:15-1:16 Expected `;` or a new line after the class field, found `.`
    > class A { x: 1 }
    1:12-1:13 A type annotation is TypeScript, and this source is JavaScript
    > class A { async *x }
    1:20-1:21 Expected `(` to begin the parameter list, found `}`
    > class A { get
    > x }
    2:3-2:4 Expected `(` to begin the parameter list, found `}`
    > class A { static async get x() {} }
    1:28-1:29 Expected `(` to begin the parameter list, found `x`
    > class A { constructor() { super.x; super() } }
    1:36-1:41 `super(...)` is allowed only in the constructor of a class with `extends`
    > class A { ...x }
    1:11-1:14 Expected a property name, found `...`
    > class A { [x }
    1:14-1:15 Expected `]` to close the computed property name, found `}` [1:11 it is opened here]
    > class A { 1 2 }
    1:13-1:14 Expected `;` or a new line after the class field, found the number `2`
    > class eval {}
    1:7-1:11 `eval` cannot be declared in strict mode
    > let A = class arguments {}
    1:15-1:24 `arguments` cannot be declared in strict mode
    > class A { x = 1 y = 2 }
    1:17-1:18 Expected `;` or a new line after the class field, found `y`
    > class A { m() {} };;; class B { m( {} }
    1:39-1:40 Expected `)` to close the parameter list, found `}` [1:34 it is opened here]
    """#)

  @Test(arguments: programs)
  func `the finding names place and reason`(program: MalformedProgram) {
    #expect(findings(program.source) == program.findings)
  }
}
