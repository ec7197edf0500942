import CVMSyntax
import Testing

@Suite("What is wrong with statements and functions")
struct StatementErrorTests {
  static let programs = MalformedProgram.table(
    #"""
    > with (a) {}
    1:1-1:5 `with` is not allowed in strict mode
    > if (1) function f() {}
    1:8-1:16 A `function` declaration needs a block `{ ... }` around it here
    > if (1) class A {}
    1:8-1:13 A `class` declaration needs a block `{ ... }` around it here
    > if (1) let x
    1:8-1:11 A `let` declaration needs a block `{ ... }` around it here
    > while (1) const x = 1
    1:11-1:16 A `const` declaration needs a block `{ ... }` around it here
    > a: function f() {}
    1:4-1:12 A `function` declaration needs a block `{ ... }` around it here
    > do x while (0) y
    1:6-1:11 Expected `;` or a new line after the expression, found `while`
    > throw
    > a
    1:1-1:6 The value of `throw` must begin on the same line
    > => 1
    1:1-1:3 Expected an expression, found `=>`
    > 1 + () => 2
    1:5-1:7 Expected an expression in the parentheses, or `=>` after them
    > () => {} || 1
    1:10-1:12 An arrow function cannot be an operand without parentheses, found `||` after it
    > (a, b)
    > => 1
    2:1-2:3 `=>` must stand on the line on which the parameters end
    > ()
    1:1-1:3 Expected an expression in the parentheses, or `=>` after them
    > (a,)
    1:4-1:5 Expected an expression after the comma, found `)`
    > (...a)
    1:2-1:5 Expected an expression, found `...`
    > (a, ...b, c) => 1
    1:5-1:9 No comma may follow the rest element
    > (a.b) => 1
    1:2-1:5 Expected a name or pattern as parameter, found a property
    > ((a)) => 1
    1:3-1:4 Parentheses are not allowed here in a pattern
    > (1) => 1
    1:2-1:3 Expected a name or pattern as parameter, found a literal
    > async (x) 
    > => x
    2:1-2:3 `=>` must stand on the line on which the parameters end
    > ({get a(b) {}})
    1:3-1:11 A getter has no parameters
    > ({set a() {}})
    1:3-1:10 A setter has exactly one parameter, and no rest parameter
    > ({set a(...b) {}})
    1:3-1:14 A setter has exactly one parameter, and no rest parameter
    > function f(a = 1) { "use strict" }
    1:21-1:33 "use strict" is not allowed in a function with default, rest or pattern parameters
    > function* g(a = yield) {}
    1:17-1:22 `yield` is not allowed in parameters
    > function* g() { (a = yield) => 1 }
    1:22-1:27 `yield` is not allowed in parameters
    > async function f(a = await 1) {}
    1:22-1:27 `await` is not allowed in parameters
    > async function f() { (a = await 1) => 1 }
    1:27-1:32 `await` is not allowed in parameters
    > for await (x of y) ;
    1:5-1:10 `for await` is allowed in async functions only
    > async function f() { for await (x in y) ; }
    1:35-1:37 Expected `of` in the head of `for await`, found `in`
    > for (let a, b of c) ;
    1:13-1:14 A `for ... of` loop declares one variable only
    > for (let a = 1 of c) ;
    1:14-1:15 The variable of a `for ... of` loop cannot have an initial value
    > for (var a = 1 in c) ;
    1:14-1:15 The variable of a `for ... in` loop cannot have an initial value
    > for (let a of b, c) ;
    1:16-1:17 Expected `)` to close the head of `for`, found `,` [1:5 it is opened here]
    > new a?.b()
    1:6-1:8 `?.` is not allowed in the callee of `new`
    > a?.`x`
    1:4-1:7 A template cannot follow an optional chain
    """#)

  @Test(arguments: programs) func `a program with wrong statements is refused at the right place`(
    program: MalformedProgram
  ) {
    #expect(findings(program.source) == program.findings)
  }
}
