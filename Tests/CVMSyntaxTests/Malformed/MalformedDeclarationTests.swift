import CVMSyntax
import Testing

/// Programs with one thing wrong each: declarations and names.
@Suite struct MalformedDeclarationTests {
  static let programs = MalformedProgram.table(
    #"""
    > let x = 1; let x = 2
    1:16-1:17 `x` has already been declared [1:5 `x` is first declared here]
    > const a = 1
    > var a = 2
    2:5-2:6 `a` has already been declared [1:7 `a` is first declared here]
    > let a
    > function a() {}
    2:10-2:11 `a` has already been declared [1:5 `a` is first declared here]
    > class A {}
    > class A {}
    2:7-2:8 `A` has already been declared [1:7 `A` is first declared here]
    > const c
    1:7-1:8 The constant `c` needs a value: `const c = ...`
    > const a = 1, b
    1:14-1:15 The constant `b` needs a value: `const b = ...`
    > for (const x;;) {}
    1:12-1:13 The constant `x` needs a value: `const x = ...`
    > const let = 2
    1:7-1:10 `let` is a reserved word in strict mode
    > var yield
    1:5-1:10 `yield` is a reserved word in strict mode
    > let static
    1:5-1:11 `static` is a reserved word in strict mode
    > let package
    1:5-1:12 `package` is a reserved word in strict mode
    > let enum
    1:5-1:9 Expected a name, found the keyword `enum`
    > let class
    1:5-1:10 Expected a name, found the keyword `class`
    > let if
    1:5-1:7 Expected a name, found the keyword `if`
    > var eval = 1
    1:5-1:9 `eval` cannot be declared in strict mode
    > let arguments
    1:5-1:14 `arguments` cannot be declared in strict mode
    > function f(arguments) {}
    1:12-1:21 `arguments` cannot be declared in strict mode
    > (eval) => 1
    1:2-1:6 `eval` cannot be declared in strict mode
    > let [a, a] = []
    1:9-1:10 `a` has already been declared [1:6 `a` is first declared here]
    > let {a, b: a} = {}
    1:12-1:13 `a` has already been declared [1:6 `a` is first declared here]
    > function f(a, [a]) {}
    1:16-1:17 The parameter `a` stands twice in the list [1:12 `a` is first declared here]
    > function f(a = 1, ...a) {}
    1:22-1:23 The parameter `a` stands twice in the list [1:12 `a` is first declared here]
    > let {y}
    1:5-1:8 A pattern in a declaration needs a value to take apart: `= ...`
    > const {y}
    1:7-1:10 A pattern in a declaration needs a value to take apart: `= ...`
    > for (let [a]; ;) {}
    1:10-1:13 A pattern in a declaration needs a value to take apart: `= ...`
    > let x y
    1:7-1:8 Expected `;` or a new line after the declaration, found `y`
    > let x = 1 y = 2
    1:11-1:12 Expected `;` or a new line after the declaration, found `y`
    > let 1x = 2
    1:6-1:7 A name or digit cannot follow the number `1` directly
    > let x, = 1
    1:8-1:9 Expected a name, found `=`
    > let
    1:4-1:4 Expected a name, found the end of the source
    > let =
    1:5-1:6 Expected a name, found `=`
    > var var
    1:5-1:8 Expected a name, found the keyword `var`
    > import = 1
    1:8-1:9 Expected a name, `{` or `*` to import, found `=`
    > let await = 1; async function f() { let await }
    1:41-1:46 `await` cannot be a name here
    > class let {}
    1:7-1:10 `let` is a reserved word in strict mode
    > class static {}
    1:7-1:13 `static` is a reserved word in strict mode
    > function interface() {}
    1:10-1:19 `interface` is a reserved word in strict mode
    > label: let
    > x
    1:8-1:11 A `let` declaration needs a block `{ ... }` around it here
    > { function f() {} let f }
    1:23-1:24 `f` has already been declared [1:12 `f` is first declared here]
    > for (let i, i;;) {}
    1:13-1:14 `i` has already been declared [1:10 `i` is first declared here]
    > for (let x of []) { var x }
    1:25-1:26 `x` has already been declared [1:10 `x` is first declared here]
    > class C { constructor() {} constructor() {} }
    1:28-1:39 A class can have only one constructor [1:11 the first one is here]
    """#)

  @Test(arguments: programs)
  func `the finding names place and reason`(program: MalformedProgram) {
    #expect(findings(program.source) == program.findings)
  }
}
