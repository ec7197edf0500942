import CVMTestSupport
import Testing

/// What refers to an object, and whether it is kept, for each way in which a program can refer to one.
@Suite struct ReachabilityTests {
  @Test(
    arguments: [
      ([], 1), (["let p = o"], 2), (["let p = o", "let l = [o, o]"], 4), (["let p = o", "p = null"], 1),
      (["let l = [o]", "l.pop()"], 1), (["let h = { o }", "delete h.o"], 1), (["let f = () => o"], 1),
      (["let m = new Map([[o, o]])"], 3), (["let s = new Set([o])"], 2), (["o.self = o"], 2),
      (["let l = [o, o, o]", "l.length = 1"], 2), (["function g() { let x = o; return () => x }", "let k = g()"], 2),
    ] as [([String], Int)])
  func `reference counts rise and fall with assignments`(statements: [String], count: Int) throws {
    var arguments = ["-e", "let o = { it: 1 }"]
    for statement in statements { arguments += ["-e", statement] }
    let outcome = try BuiltProgram.run(arguments + ["-c", ":refs 1 --no-repl"])
    #expect(outcome.output.contains("held by \(count) reference"), "\(outcome.output)\(outcome.errors)")
  }

  @Test(arguments: [
    "let o = {}; o = null", "let a = {}, b = { a }; a.b = b; a = b = null", "let o = {}; o.self = o; o = null",
    "{ let inner = [] }", "(() => { const l = [1]; l.push(l); })()", "let m = new Map(); m.set(m, m); m = null",
  ])
  func `what is unreachable is collected, cycles too`(statement: String) throws {
    let outcome = try BuiltProgram.run(["-e", statement, "-e", "0", "-c", ":gc --no-repl", "-c", ":refs 1 --no-repl"])
    #expect(outcome.ending == .exited(3), "\(outcome.output)")
    #expect(outcome.errors.contains("Invalid heap reference: 1"))
  }
}
