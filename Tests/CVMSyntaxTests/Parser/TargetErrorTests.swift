import CVMSyntax
import Testing

@Suite("What is wrong with targets, patterns and operators")
struct TargetErrorTests {
  static let programs = MalformedProgram.table(
    #"""
    > 1 = 2
    1:1-1:2 Cannot assign to a literal
    > a + b = c
    1:1-1:6 Cannot assign to the result of an operator
    > a?.b = 1
    1:1-1:5 Cannot assign to an optional chain
    > ++a++
    1:3-1:6 `++` needs a variable or property, not the result of `++` or `--`
    > ++1
    1:3-1:4 `++` needs a variable or property, not a literal
    > for (1 of x) ;
    1:6-1:7 A loop cannot assign to a literal
    > for (let of xs) ;
    1:13-1:15 Expected `;` after the first part of the head of `for`, found `xs`
    > ({a: 1} = x)
    1:6-1:7 Cannot assign to a literal
    > ({a() {}} = x)
    1:3-1:9 A method cannot stand in a pattern
    > [a, ...b, c] = x
    1:5-1:9 The rest element must be the last
    > [...a,] = x
    1:2-1:6 No comma may follow the rest element
    > let [...a,] = x
    1:10-1:11 No comma may follow the rest element
    > let [...a = 1] = x
    1:11-1:12 The rest element cannot have a default
    > ({...{a}} = x)
    1:6-1:9 The rest of an object must be collected in a variable or property, not in a pattern
    > ({a = 1})
    1:5-1:6 `=` gives a default in a pattern; in an object write `:`
    > f({a = 1})
    1:6-1:7 `=` gives a default in a pattern; in an object write `:`
    > ({a = 1}).b
    1:5-1:6 `=` gives a default in a pattern; in an object write `:`
    > ({__proto__: 1, "__proto__": 2})
    1:17-1:28 `__proto__` stands twice in the object [1:3 the first one is here]
    > ([a]) = 1
    1:2-1:5 Cannot assign to a pattern in parentheses
    > ({a}) = 1
    1:2-1:5 Cannot assign to a pattern in parentheses
    > [(a = 1)] = x
    1:3-1:8 Parentheses are not allowed here in a pattern
    > a ?? b || c
    1:6-1:12 `||` needs parentheses when it is mixed with `??`
    > a && b ?? c
    1:1-1:7 `&&` needs parentheses when it is mixed with `??`
    > -a ** 2
    1:1-1:3 An operator before the base of `**` needs parentheses: `(-a) ** b` or `-(a ** b)`
    """#)

  @Test(arguments: programs) func `a program with wrong targets is refused at the right place`(
    program: MalformedProgram
  ) {
    #expect(findings(program.source) == program.findings)
  }
}
