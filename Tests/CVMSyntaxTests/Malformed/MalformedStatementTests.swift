import CVMSyntax
import Testing

/// Programs with one thing wrong each: statements and functions.
@Suite struct MalformedStatementTests {
  static let programs = MalformedProgram.table(
    #"""
    > if
    1:3-1:3 Expected `(` to begin the condition of `if`, found the end of the source
    > if x
    1:4-1:5 Expected `(` to begin the condition of `if`, found `x`
    > if (
    1:5-1:5 Expected an expression, found the end of the source
    > if (x
    1:6-1:6 Expected `)` to close the condition of `if`, found the end of the source [1:4 it is opened here]
    > if ()
    1:5-1:6 Expected an expression, found `)`
    > if (x) else
    1:8-1:12 `else` without an `if` before it
    > if (x) {} else
    1:15-1:15 Expected an expression, found the end of the source
    > if (x) function f() {}
    1:8-1:16 A `function` declaration needs a block `{ ... }` around it here
    > if (x) let y = 1
    1:8-1:11 A `let` declaration needs a block `{ ... }` around it here
    > if (x) class A {}
    1:8-1:13 A `class` declaration needs a block `{ ... }` around it here
    > if (x) const c = 1
    1:8-1:13 A `const` declaration needs a block `{ ... }` around it here
    > while (x) let [y] = 1
    1:11-1:14 A `let` declaration needs a block `{ ... }` around it here
    > while
    1:6-1:6 Expected `(` to begin the condition of `while`, found the end of the source
    > while (x
    1:9-1:9 Expected `)` to close the condition of `while`, found the end of the source [1:7 it is opened here]
    > while ()
    1:8-1:9 Expected an expression, found `)`
    > do x
    1:5-1:5 Expected `while` after the body of `do`, found the end of the source
    > do { } while
    1:13-1:13 Expected `(` to begin the condition of `do ... while`, found the end of the source
    > do {} until (x)
    1:7-1:12 Expected `while` after the body of `do`, found `until`
    > do {} while ()
    1:14-1:15 Expected an expression, found `)`
    > for
    1:4-1:4 Expected `(` to begin the head of `for`, found the end of the source
    > for (
    1:6-1:6 Expected an expression, found the end of the source
    > for (;
    1:7-1:7 Expected an expression, found the end of the source
    > for (;;)
    1:9-1:9 Expected an expression, found the end of the source
    > for (let i = 0; i < 3) {}
    1:22-1:23 Expected `;` after the condition in the head of `for`, found `)`
    > for (let i = 0, i < 3, i++) {}
    1:17-1:18 `i` has already been declared [1:10 `i` is first declared here]
    1:19-1:20 Expected `;` after the first part of the head of `for`, found `<`
    > for (let x of a, b) {}
    1:16-1:17 Expected `)` to close the head of `for`, found `,` [1:5 it is opened here]
    > for (x of) {}
    1:10-1:11 Expected an expression, found `)`
    > for (let x in) {}
    1:14-1:15 Expected an expression, found `)`
    > for each (x in y) {}
    1:5-1:9 Expected `(` to begin the head of `for`, found `each`
    > if (x) break
    1:8-1:13 `break` outside of a loop or `switch`
    > { break }
    1:3-1:8 `break` outside of a loop or `switch`
    > a: { continue a }
    1:15-1:16 `continue` needs the label of a loop, and `a` labels something else [1:1 the label is here]
    > a: while (1) { break b }
    1:22-1:23 There is no label `b` around this statement
    > a: while (1) { function f() { break a } }
    1:37-1:38 There is no label `a` around this statement
    > a: a: 1
    1:4-1:5 The label `a` is already in use around this statement [1:1 it is first used here]
    > a: { a: 1 }
    1:6-1:7 The label `a` is already in use around this statement [1:1 it is first used here]
    > switch (x) { case 1: continue }
    1:22-1:30 `continue` outside of a loop
    > { return }
    1:3-1:9 `return` outside of a function
    > throw
    1:6-1:6 Expected an expression, found the end of the source
    > throw
    > x
    1:1-1:6 The value of `throw` must begin on the same line
    > try { } catch
    1:14-1:14 Expected `{` to begin the block of `catch`, found the end of the source
    > try {} catch (
    1:15-1:15 Expected a name, found the end of the source
    > try {} catch ()
    1:15-1:16 Expected a name, found `)`
    > try {} catch (e {}
    1:17-1:18 Expected `)` to close the parameter of `catch`, found `{` [1:14 it is opened here]
    > try x catch (e) {}
    1:5-1:6 Expected `{` to begin the block of `try`, found `x`
    > try {} catch (1) {}
    1:15-1:16 Expected a name, found the number `1`
    > try {} catch ([a, a]) {}
    1:19-1:20 `a` has already been declared [1:16 `a` is first declared here]
    > try {} finally
    1:15-1:15 Expected `{` to begin the block of `finally`, found the end of the source
    > catch (e) {}
    1:1-1:6 `catch` without a `try` before it
    > finally {}
    1:1-1:8 `finally` without a `try` before it
    > switch
    1:7-1:7 Expected `(` to begin the subject of `switch`, found the end of the source
    > switch (x) {
    1:13-1:13 Expected `case`, `default` or the `}` that ends the `switch`, found the end of the source
    > switch (x) { case }
    1:19-1:20 Expected an expression, found `}`
    > switch (x) { case 1 }
    1:21-1:22 Expected `:` after the value of `case`, found `}`
    > switch (x) { default: default: }
    1:23-1:30 A `switch` can have only one `default` [1:14 the first one is here]
    > switch (x) { foo() }
    1:14-1:17 Expected `case`, `default` or the `}` that ends the `switch`, found `foo`
    > else {}
    1:1-1:5 `else` without an `if` before it
    > default: 1
    1:1-1:8 `default` outside of a `switch`
    > debugger x
    1:10-1:11 Expected `;` or a new line after `debugger`, found `x`
    > {
    1:2-1:2 Expected `}` to close the block, found the end of the source [1:1 it is opened here]
    > (
    1:2-1:2 Expected an expression, found the end of the source
    > [
    1:2-1:2 Expected an expression, found the end of the source
    > a)
    1:2-1:3 Expected `;` or a new line after the expression, found `)`
    > a]
    1:2-1:3 Expected `;` or a new line after the expression, found `]`
    > { ( }
    1:5-1:6 Expected an expression, found `}`
    > ( ]
    1:3-1:4 Expected an expression, found `]`
    > [ )
    1:3-1:4 Expected an expression, found `)`
    > { [ }
    1:5-1:6 Expected an expression, found `}`
    > x = (1, 2
    1:10-1:10 Expected `)` to close the parentheses, found the end of the source [1:5 it is opened here]
    > label:
    1:7-1:7 Expected an expression, found the end of the source
    > 1: x
    1:2-1:3 Expected `;` or a new line after the expression, found `:`
    > if: x
    1:3-1:4 Expected `(` to begin the condition of `if`, found `:`
    > async function f() { await: 1 }
    1:27-1:28 Expected an expression, found `:`
    > label: function f() {}
    1:8-1:16 A `function` declaration needs a block `{ ... }` around it here
    > label: class A {}
    1:8-1:13 A `class` declaration needs a block `{ ... }` around it here
    > label: const x = 1
    1:8-1:13 A `const` declaration needs a block `{ ... }` around it here
    > yield: 1
    1:1-1:6 `yield` is a reserved word in strict mode
    > while (1) label: function f() {}
    1:18-1:26 A `function` declaration needs a block `{ ... }` around it here
    > use strict'
    1:5-1:11 Expected `;` or a new line after the expression, found `strict`
    > if (a) {} else if {
    1:19-1:20 Expected `(` to begin the condition of `if`, found `{`
    > function
    1:9-1:9 Expected a name, found the end of the source
    > function f
    1:11-1:11 Expected `(` to begin the parameter list, found the end of the source
    > function f(
    1:12-1:12 Expected a name, found the end of the source
    > function f()
    1:13-1:13 Expected `{` to begin the function body, found the end of the source
    > function f() {
    1:15-1:15 Expected `}` to close the function body, found the end of the source [1:14 it is opened here]
    > function (a) {}
    1:10-1:11 Expected a name, found `(`
    > function f(a b) {}
    1:14-1:15 Expected `)` to close the parameter list, found `b` [1:11 it is opened here]
    > function f(a,,b) {}
    1:14-1:15 Expected a name, found `,`
    > function f(1) {}
    1:12-1:13 Expected a name, found the number `1`
    > function f(...a, b) {}
    1:16-1:17 No comma may follow the rest element
    > function f(...a = 1) {}
    1:17-1:18 The rest element cannot have a default
    > function f(...[a], b) {}
    1:18-1:19 No comma may follow the rest element
    > function f(a = ) {}
    1:16-1:17 Expected an expression, found `)`
    > function f() => 1
    1:14-1:16 Expected `{` to begin the function body, found `=>`
    > function f() { 'use strict'; 010 }
    1:30-1:33 A number cannot begin with `0` and another digit in strict mode: `010`; octal is `0o...`
    > function f(a = 1) { 'use strict' }
    1:21-1:33 "use strict" is not allowed in a function with default, rest or pattern parameters
    > (...a) => { 'use strict' }
    1:13-1:25 "use strict" is not allowed in a function with default, rest or pattern parameters
    > async x => await
    1:17-1:17 Expected an expression, found the end of the source
    > async (x) => { for (await of []) {} }
    1:31-1:32 Expected an expression, found `]`
    > function f() { await 1 }
    1:16-1:21 `await` is not supported yet
    > get x() {}
    1:5-1:6 Expected `;` or a new line after the expression, found `x`
    > a => }
    1:6-1:7 Expected an expression, found `}`
    > async a b => 1
    1:7-1:8 Expected `;` or a new line after the expression, found `a`
    > function f(a, a = 1) {}
    1:15-1:16 The parameter `a` stands twice in the list [1:12 `a` is first declared here]
    > f(...)
    1:6-1:7 Expected an expression, found `)`
    > f(a...)
    1:4-1:7 Expected `)` to close the argument list, found `...` [1:2 it is opened here]
    > [...]
    1:5-1:6 Expected an expression, found `]`
    > x = ...a
    1:5-1:8 Expected an expression, found `...`
    > ...a
    1:1-1:4 Expected an expression, found `...`
    """#)

  @Test(arguments: programs)
  func `the finding names place and reason`(program: MalformedProgram) {
    #expect(findings(program.source) == program.findings)
  }
}
