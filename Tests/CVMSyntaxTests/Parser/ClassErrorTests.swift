import CVMSyntax
import Testing

@Suite("What is wrong with classes, super and jumps")
struct ClassErrorTests {
  static let programs = MalformedProgram.table(
    #"""
    > delete x
    1:8-1:9 A variable cannot be deleted in strict mode
    > delete this.#a
    1:8-1:15 A private member cannot be deleted
    1:13-1:15 `#a` is not declared in a class around it
    > class A { #a; m() { delete this.#a } }
    1:28-1:35 A private member cannot be deleted
    > class A { m() { this.#a } }
    1:22-1:24 `#a` is not declared in a class around it
    > class A { #a; #a }
    1:15-1:17 `#a` has already been declared [1:11 `#a` is first declared here]
    > class A { get #a() {} static set #a(x) {} }
    1:34-1:36 `#a` has already been declared [1:15 `#a` is first declared here]
    > class A { #constructor }
    1:11-1:23 A private member cannot be named `#constructor`
    > class A { constructor() {} constructor() {} }
    1:28-1:39 A class can have only one constructor [1:11 the first one is here]
    > class A { get constructor() {} }
    1:15-1:26 A constructor cannot be a getter, setter, generator or async function
    > class A { static prototype() {} }
    1:18-1:27 A static method cannot be named `prototype`
    > class A { static prototype = 1 }
    1:18-1:27 A field cannot be named `prototype`
    > class A { constructor = 1 }
    1:11-1:22 A field cannot be named `constructor`
    > class A { x = arguments }
    1:15-1:24 `arguments` is not allowed in a field initializer or static block
    > class A { constructor() { super() } }
    1:27-1:32 `super(...)` is allowed only in the constructor of a class with `extends`
    > function f() { super.x }
    1:16-1:21 `super` is allowed in methods only
    > super.x
    1:1-1:6 `super` is allowed in methods only
    > new.target
    1:1-1:11 `new.target` outside of a function
    > () => new.target
    1:7-1:17 `new.target` outside of a function
    > return 1
    1:1-1:7 `return` outside of a function
    > break
    1:1-1:6 `break` outside of a loop or `switch`
    > continue
    1:1-1:9 `continue` outside of a loop
    > while (1) { function f() { break } }
    1:28-1:33 `break` outside of a loop or `switch`
    > foo: { continue foo }
    1:17-1:20 `continue` needs the label of a loop, and `foo` labels something else [1:1 the label is here]
    > foo: foo: ;
    1:6-1:9 The label `foo` is already in use around this statement [1:1 it is first used here]
    > break foo
    1:7-1:10 There is no label `foo` around this statement
    > a: while (1) { (() => { break a })() }
    1:31-1:32 There is no label `a` around this statement
    """#)

  @Test(arguments: programs) func `a program with wrong classes or jumps is refused at the right place`(
    program: MalformedProgram
  ) {
    #expect(findings(program.source) == program.findings)
  }
}
