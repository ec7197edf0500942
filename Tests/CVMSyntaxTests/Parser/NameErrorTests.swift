import CVMSyntax
import Testing

@Suite("What is wrong with names and declarations")
struct NameErrorTests {
  static let programs = MalformedProgram.table(
    #"""
    > let x = ;
    1:9-1:10 Expected an expression, found `;`
    > foo(1, 2;
    1:9-1:10 Expected `)` to close the argument list, found `;` [1:4 it is opened here]
    > foo(1 2)
    1:7-1:8 Expected `)` to close the argument list, found the number `2` [1:4 it is opened here]
    > if (x { y }
    1:7-1:8 Expected `)` to close the condition of `if`, found `{` [1:4 it is opened here]
    > [1, 2
    1:6-1:6 Expected `]` to close the array, found the end of the source [1:1 it is opened here]
    > let a; let a
    1:12-1:13 `a` has already been declared [1:5 `a` is first declared here]
    > let a; var a
    1:12-1:13 `a` has already been declared [1:5 `a` is first declared here]
    > var a; let a
    1:12-1:13 `a` has already been declared [1:5 `a` is first declared here]
    > const a = 1; function a() {}
    1:23-1:24 `a` has already been declared [1:7 `a` is first declared here]
    > { function f() {} function f() {} }
    1:28-1:29 `f` has already been declared [1:12 `f` is first declared here]
    > function f(a, a) {}
    1:15-1:16 The parameter `a` stands twice in the list [1:12 `a` is first declared here]
    > (a, a) => 1
    1:5-1:6 The parameter `a` stands twice in the list [1:2 `a` is first declared here]
    > ({a, b: a}) => 1
    1:9-1:10 The parameter `a` stands twice in the list [1:3 `a` is first declared here]
    > function f(a) { let a }
    1:21-1:22 `a` has already been declared [1:12 `a` is first declared here]
    > try {} catch (e) { let e }
    1:24-1:25 `e` has already been declared [1:15 `e` is first declared here]
    > try {} catch ([e]) { var e }
    1:26-1:27 `e` has already been declared [1:16 `e` is first declared here]
    > switch (1) { case 1: let a; case 2: let a }
    1:41-1:42 `a` has already been declared [1:26 `a` is first declared here]
    > { var a; { var b } let b }
    1:24-1:25 `b` has already been declared [1:16 `b` is first declared here]
    > for (let i;;) { var i }
    1:21-1:22 `i` has already been declared [1:10 `i` is first declared here]
    > class A {} class A {}
    1:18-1:19 `A` has already been declared [1:7 `A` is first declared here]
    > const a
    1:7-1:8 The constant `a` needs a value: `const a = ...`
    > const {a}
    1:7-1:10 A pattern in a declaration needs a value to take apart: `= ...`
    > let let = 1
    1:5-1:8 `let` is a reserved word in strict mode
    > yield = 1
    1:1-1:6 `yield` is a reserved word in strict mode
    > var static
    1:5-1:11 `static` is a reserved word in strict mode
    > let implements
    1:5-1:15 `implements` is a reserved word in strict mode
    > eval = 1
    1:1-1:5 `eval` cannot be assigned in strict mode
    > arguments++
    1:1-1:10 `arguments` cannot be assigned in strict mode
    > function eval() {}
    1:10-1:14 `eval` cannot be declared in strict mode
    > let enum = 1
    1:5-1:9 Expected a name, found the keyword `enum`
    > var if = 1
    1:5-1:7 Expected a name, found the keyword `if`
    > await => 1; async (await) => 1
    1:20-1:25 `await` cannot be a name in the parameters of an async function
    > async function f() { let await }
    1:26-1:31 `await` cannot be a name here
    > class A { static { await } }
    1:20-1:25 `await` cannot be a name here
    """#)

  @Test(arguments: programs) func `a program with wrong names is refused at the right place`(program: MalformedProgram)
  {
    #expect(findings(program.source) == program.findings)
  }
}
