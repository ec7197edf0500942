import CVMCompiler
import CVMSyntax
import Testing

@testable import CVMRuntime

/// Instructions that go over all keys of a value, of which there may be millions.
@Suite struct ManyKeysTests {
  private let machine = Machine()

  private func run(_ source: String) throws -> Completion {
    let block = try #require(compile(parse(SourceFile(name: "test.js", bytes: Array(source.utf8)))).code)
    for declaration in block.globalDeclarations {
      machine.globals.declare(machine.atoms.intern(declaration.name).handle, declaration.kind)
    }
    return machine.run(code: machine.code.load(block, source: nil))
  }

  @Test(arguments: [
    "reached = {...text}", "({...reached} = text)", "for (reached in text) break",
    "reached = {...list}", "({...reached} = list)", "for (reached in list) break",
    "reached = {...record}", "({...reached} = record)", "for (reached in record) break",
  ])
  func `stop in the midst of them when the run is to stop`(statement: String) throws {
    _ = try run(
      """
      var text = 'x'.repeat(100000), list = Array(100000).fill(1), record = {}, reached;
      for (var i = 0; i < 20000; i++) record['key' + i] = i;
      """)
    machine.limits.seconds = 0
    guard case .stopped(.timeLimit) = try run("'begun'; \(statement); for (;;) ;") else {
      Issue.record("it was not stopped")
      return
    }
    // Where the statement was done as a whole, the loop behind it is what was stopped.
    #expect(machine.globalBinding("reached")?.value?.isUndefined == true)
  }
}
