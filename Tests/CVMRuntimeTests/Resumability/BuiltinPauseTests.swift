import CVMCompiler
import CVMSyntax
import Testing

@testable import CVMRuntime

/// The paths of the built-in functions that may run code of the program.
private func pathsThatRunCode() -> [String] {
  let machine = Machine()
  defer { withExtendedLifetime(machine) {} }
  let vm = machine.vm
  var paths: Set<String> = []
  for (handle, name) in machine.builtInNames {
    let cell = vm.cell(handle)
    guard cell.kind == .function, let builtin = vm.builtin(cell), builtin.selfHosted != nil else { continue }
    // Regular expressions have suites of their own.
    if name.contains("RegExp") || name.hasPrefix("String.prototype.match") || name == "String.prototype.search" {
      continue
    }
    // The general form only refuses receivers.
    if name == "Number.prototype.toLocaleString" { continue }
    paths.insert(name)
  }
  return paths.sorted()
}

@Suite struct BuiltinPauseTests {
  private enum Mode { case straight, pausing, restored }

  private struct Run: Equatable {
    var output: String
    var pauses: Int
  }

  private struct Failure: Error { let text: String }

  private final class Source: ScriptSource {
    let name: String
    let bytes: [UInt8]
    init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
    var displayName: String { name }
    func text(from start: Int, to end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }
    func position(at offset: Int) -> (line: Int, column: Int) { (1, offset + 1) }
  }

  /// Runs a program; every `CC` is answered at once, or in a machine to which the first one's state was carried over.
  private func run(_ program: String, _ mode: Mode) throws -> Run {
    var output: [UInt8] = []
    let text = "'use strict';" + (mode == .straight ? "const CC = () => 'answer';" : "") + program
    var machine = Machine()
    machine.output = { output += $0 }
    let compiled = compile(parse(SourceFile(name: "case.js", bytes: Array(text.utf8))))
    guard let block = compiled.code else { throw Failure(text: "\(compiled.diagnostics)") }
    for declaration in block.globalDeclarations {
      machine.globals.declare(machine.atoms.intern(declaration.name).handle, declaration.kind)
    }
    var completion = machine.run(code: machine.code.load(block, source: nil))
    var pauses = 0
    while case .paused = completion {
      pauses += 1
      if mode == .restored && (pauses % 3 == 1) {
        let fresh = Machine()
        fresh.output = machine.output
        try carry(machine, to: fresh)
        machine = fresh
      }
      completion = machine.resume(answer: machine.vm.makeString("answer"))
    }
    guard case .completed = completion else {
      throw Failure(text: "\(completion): \(String(decoding: output, as: UTF8.self))")
    }
    return Run(output: String(decoding: output, as: UTF8.self), pauses: pauses)
  }

  private func carry(_ machine: Machine, to fresh: Machine) throws {
    let state = try machine.portableState()
    var sections: [PortableSection: UnsafeRawBufferPointer] = [:]
    for (section, _) in state.sections { sections[section] = state.bytes(of: section) }
    try fresh.restore(portable: sections) { Source(name: $0, bytes: $1) }
  }

  @Test(arguments: pathsThatRunCode())
  func `a built-in gives the same when what it calls pauses`(path: String) throws {
    let calls = try #require(BuiltinCases.calls(path), "\(path) has no case in BuiltinCases")
    for call in calls {
      let program = BuiltinCases.prelude + "console.log(attempt(() => (\(call))));"
      let straight = try run(program, .straight)
      let pausing = try run(program, .pausing)
      #expect(pausing.output == straight.output, "\(call)")
      #expect(pausing.pauses > 0, "\(call) ran no code of the program: \(pausing.output)")
      #expect(call.contains("attempt") || !straight.output.contains("Error"), "\(call): \(straight.output)")
      let restored = try run(program, .restored)
      #expect(restored.output == straight.output, "\(call), restored in another machine")
    }
  }
}
