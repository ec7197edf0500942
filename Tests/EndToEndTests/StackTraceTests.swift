import CVMTestSupport
import Testing

/// The call stack of an uncaught error: positions in the source, without the frames of built-ins, also after a restore.
@Suite struct StackTraceTests {
  let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func stack(_ errors: String) -> [String] {
    errors.split(separator: "\n").filter { $0.hasPrefix("    at ") }.map {
      String($0.dropFirst(7)).replacing(scratch.path + "/", with: "")
    }
  }

  private func stack(ofProgram source: String) throws -> [String] {
    let outcome = try BuiltProgram.run(["run", try scratch.write("p.js", source)])
    #expect(outcome.ending == .exited(1))
    return stack(outcome.errors)
  }

  @Test(arguments: [
    ("[1].map(fail)", "p.js:2:5"), ("[2, 1].sort(fail)", "p.js:2:8"), ("'a'.replace(/a/, fail)", "p.js:2:5"),
    ("[1].reduce(fail, 0)", "p.js:2:5"), ("Array.from([1], fail)", "p.js:2:7"), ("JSON.parse('[1]', fail)", "p.js:2:6"),
    ("JSON.stringify({}, fail)", "p.js:2:6"), ("new Map([[1, 2]]).forEach(fail)", "p.js:2:19"),
    ("Object.groupBy([1], fail)", "p.js:2:8"), ("[1].values().map(fail).next()", "p.js:2:24"),
    ("`${{ toString: fail }}`", "p.js:2:4"), ("({ valueOf: fail }) - 1", "p.js:2:21"),
    ("[...{ [Symbol.iterator]: fail }]", "p.js:2:5"),
    ("({ get x() { return fail() } }).x", "p.js:2:33"), ("Reflect.apply(fail, null, [])", "p.js:2:9"),
    ("fail.bind(null)()", "p.js:2:16"),
  ])
  func `frames of built-ins are hidden`(call: String, place: String) throws {
    let lines = try stack(ofProgram: "function fail() { null.x }\n\(call)\n")
    #expect(lines.first?.hasSuffix("p.js:1:24)") == true, "\(lines)")
    #expect(lines.last == place, "\(lines)")
    #expect(lines.count == (call.contains("get x") ? 3 : 2), "\(lines)")
  }

  @Test func `the stack is the same when the program goes on in another process`() throws {
    let source = """
      function inner(list) {
        return list.map(function each(value) {
          const answer = CC("how?")
          return answer.missing.property
        })
      }
      class Runner {
        run(list) { return inner(list) }
      }
      """
    let file = scratch.path + "/kept.cvmsnap"
    let input = "\(source)\nnew Runner().run([1])\n:checkpoint \(file)\n"
    #expect(try BuiltProgram.run([], input: input).errors.contains("Paused at CC: how?"))
    let restored = try BuiltProgram.run(["open", file], input: ":answer text\n")
    #expect(restored.errors.contains("TypeError: Cannot read properties of undefined (reading 'property')"))
    #expect(
      stack(restored.errors) == ["each ([1]:4:27)", "inner ([1]:2:15)", "Runner.run ([2]:2:22)", "[3]:1:14"],
      "\(restored.errors)")
  }
}
