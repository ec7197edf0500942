import CVMSyntax
import Testing

/// Programs with one thing wrong each: assignments and operators.
@Suite struct MalformedOperatorTests {
  static let programs = MalformedProgram.table(
    #"""
    > 1++
    1:1-1:2 `++` needs a variable or property, not a literal
    > a() = 1
    1:1-1:4 Cannot assign to the result of a call
    > a()++
    1:1-1:4 `++` needs a variable or property, not the result of a call
    > (a, b) = 1
    1:2-1:6 Cannot assign to the result of an operator
    > a?.b++
    1:1-1:5 `++` needs a variable or property, not an optional chain
    > new a() = 1
    1:1-1:8 Cannot assign to the result of `new`
    > this = 1
    1:1-1:5 Cannot assign to `this`
    > null = 1
    1:1-1:5 Cannot assign to a literal
    > `x` = 1
    1:1-1:4 Cannot assign to a literal
    > [a + 1] = []
    1:2-1:7 Cannot assign to the result of an operator
    > ({a: 1} = {})
    1:6-1:7 Cannot assign to a literal
    > [...a, b] = []
    1:2-1:6 The rest element must be the last
    > [...a,] = []
    1:2-1:6 No comma may follow the rest element
    > ({...{a}} = {})
    1:6-1:9 The rest of an object must be collected in a variable or property, not in a pattern
    > ({get a() {}} = 1)
    1:3-1:13 A method cannot stand in a pattern
    > eval += 1
    1:1-1:5 `eval` cannot be assigned in strict mode
    > [eval] = []
    1:2-1:6 `eval` cannot be assigned in strict mode
    > ({eval} = {})
    1:3-1:7 `eval` cannot be assigned in strict mode
    > for (1 of []) {}
    1:6-1:7 A loop cannot assign to a literal
    > for (a() in {}) {}
    1:6-1:9 A loop cannot assign to the result of a call
    > for (let x = 1 of []) {}
    1:14-1:15 The variable of a `for ... of` loop cannot have an initial value
    > for (var i = 0 in {}) {}
    1:14-1:15 The variable of a `for ... in` loop cannot have an initial value
    > for (let a, b of []) {}
    1:13-1:14 A `for ... of` loop declares one variable only
    > for (async of []) {}
    1:6-1:11 `async` cannot begin the head of a `for ... of` loop
    > for (let of []) {}
    1:13-1:14 Expected `;` after the first part of the head of `for`, found `[`
    > -1 ** 2
    1:1-1:3 An operator before the base of `**` needs parentheses: `(-a) ** b` or `-(a ** b)`
    > typeof a ** 2
    1:1-1:9 An operator before the base of `**` needs parentheses: `(-a) ** b` or `-(a ** b)`
    > delete (x)
    1:9-1:10 A variable cannot be deleted in strict mode
    > delete ((x))
    1:10-1:11 A variable cannot be deleted in strict mode
    > a => {} || b
    1:9-1:11 Expected `;` or a new line after the expression, found `||`
    > a + => b
    1:5-1:7 Expected an expression, found `=>`
    > (a, b) + => 1
    1:10-1:12 Expected an expression, found `=>`
    > (1) => 2
    1:2-1:3 Expected a name or pattern as parameter, found a literal
    > (a + b) => c
    1:2-1:7 Expected a name or pattern as parameter, found the result of an operator
    > (a, 1) => 2
    1:5-1:6 Expected a name or pattern as parameter, found a literal
    > ({a: 1}) => 2
    1:6-1:7 Expected a name or pattern as parameter, found a literal
    > (...a, b) => 1
    1:2-1:6 No comma may follow the rest element
    > (a, ...b = []) => 1
    1:8-1:14 The rest element cannot have a default
    > a
    > => 1
    2:1-2:3 `=>` must stand on the line on which the parameters end
    > (a)
    > => 1
    2:1-2:3 `=>` must stand on the line on which the parameters end
    > () + 1
    1:1-1:3 Expected an expression in the parentheses, or `=>` after them
    > (,)
    1:2-1:3 Expected an expression, found `,`
    > a ? b :
    1:8-1:8 Expected an expression, found the end of the source
    > a ? : b
    1:5-1:6 Expected an expression, found `:`
    > a +
    1:4-1:4 Expected an expression, found the end of the source
    > a * / b
    1:5-1:6 The regular expression is not closed: expected `/` before the end of the line
    > a ==== b
    1:6-1:7 Expected an expression, found `=`
    > a = = b
    1:5-1:6 Expected an expression, found `=`
    > a !== = b
    1:7-1:8 Expected an expression, found `=`
    > x = !
    1:6-1:6 Expected an expression, found the end of the source
    > x = typeof
    1:11-1:11 Expected an expression, found the end of the source
    > new
    1:4-1:4 Expected an expression, found the end of the source
    > new.foo
    1:5-1:8 Expected `target` after `new.`, found `foo`
    > super()
    1:1-1:6 `super(...)` is allowed only in the constructor of a class with `extends`
    > function f() { super() }
    1:16-1:21 `super(...)` is allowed only in the constructor of a class with `extends`
    > ({m: function () { super.x }})
    1:20-1:25 `super` is allowed in methods only
    > class A extends B { m() { super() } }
    1:27-1:32 `super(...)` is allowed only in the constructor of a class with `extends`
    > let x = super
    1:14-1:14 Expected `.`, `[` or `(` after `super`, found the end of the source
    > x?.`t`
    1:4-1:7 A template cannot follow an optional chain
    > x?.y`t`
    1:5-1:8 A template cannot follow an optional chain
    > new x?.y()
    1:6-1:8 `?.` is not allowed in the callee of `new`
    > async () => { a ** await b }; -a ** b
    1:31-1:33 An operator before the base of `**` needs parentheses: `(-a) ** b` or `-(a ** b)`
    > yield 1
    1:1-1:6 `yield` is a reserved word in strict mode
    > function* g() { yield
    > * 1 }
    2:1-2:2 Expected an expression, found `*`
    > function* g() { (yield) => 1 }
    1:18-1:23 `yield` is not allowed in parameters
    > function* yield() {}
    1:11-1:16 `yield` is a reserved word in strict mode
    > function* g() { let yield }
    1:21-1:26 `yield` is a reserved word in strict mode
    > await 1
    1:1-1:6 `await` is not supported yet
    > a.1
    1:2-1:4 Expected `;` or a new line after the expression, found the number `.1`
    > a.
    1:3-1:3 Expected a property name after the dot, found the end of the source
    > a[
    1:3-1:3 Expected an expression, found the end of the source
    > a[]
    1:3-1:4 Expected an expression, found `]`
    > a[1
    1:4-1:4 Expected `]` to close the key, found the end of the source [1:2 it is opened here]
    > a(
    1:3-1:3 Expected an expression, found the end of the source
    > a(1
    1:4-1:4 Expected `)` to close the argument list, found the end of the source [1:2 it is opened here]
    > a(1,
    1:5-1:5 Expected an expression, found the end of the source
    > a(,)
    1:3-1:4 Expected an expression, found `,`
    > a(b c)
    1:5-1:6 Expected `)` to close the argument list, found `c` [1:2 it is opened here]
    > [1 2]
    1:4-1:5 Expected `]` to close the array, found the number `2` [1:1 it is opened here]
    > [,
    1:3-1:3 Expected an expression, found the end of the source
    > {a: 1, b: 2}
    1:9-1:10 Expected `;` or a new line after the expression, found `:`
    > ({a 1})
    1:5-1:6 Expected `}` to close the object, found the number `1` [1:2 it is opened here]
    > ({a:})
    1:5-1:6 Expected an expression, found `}`
    > ({a, b
    1:7-1:7 Expected `}` to close the object, found the end of the source [1:2 it is opened here]
    > ({a=1})
    1:4-1:5 `=` gives a default in a pattern; in an object write `:`
    > ({a=1}).x
    1:4-1:5 `=` gives a default in a pattern; in an object write `:`
    > f({a=1})
    1:5-1:6 `=` gives a default in a pattern; in an object write `:`
    > ({__proto__: 1, __proto__: 2})
    1:17-1:26 `__proto__` stands twice in the object [1:3 the first one is here]
    > ({get a(x) {}})
    1:3-1:11 A getter has no parameters
    > ({set a(...x) {}})
    1:3-1:14 A setter has exactly one parameter, and no rest parameter
    > ({set a(x, y) {}})
    1:3-1:14 A setter has exactly one parameter, and no rest parameter
    > ({async get a() {}})
    1:13-1:14 Expected `(` to begin the parameter list, found `a`
    > ({get *a() {}})
    1:7-1:8 Expected `}` to close the object, found `*` [1:2 it is opened here]
    > ({a() {} b})
    1:10-1:11 Expected `}` to close the object, found `b` [1:2 it is opened here]
    > ({[a})
    1:5-1:6 Expected `]` to close the computed property name, found `}` [1:3 it is opened here]
    > ({class})
    1:3-1:8 The keyword `class` cannot be a variable; write `class: value`
    > ({'x'})
    1:6-1:7 Expected `:` after the property name, found `}`
    > ({...})
    1:6-1:7 Expected an expression, found `}`
    > x = {a: 1,, b: 2}
    1:11-1:12 Expected a property name, found `,`
    """#)

  @Test(arguments: programs)
  func `the finding names place and reason`(program: MalformedProgram) {
    #expect(findings(program.source) == program.findings)
  }
}
