import CVMCompiler
import CVMSyntax
import Testing

@testable import CVMRuntime

/// A machine that has run a program.
final class InspectedProgram {
  let machine = Machine()
  private(set) var output: [UInt8] = []
  private(set) var errorOutput: [UInt8] = []

  struct Failure: Error {
    let text: String
  }

  init(_ source: String) throws {
    machine.output = { [unowned self] in output += $0 }
    machine.errorOutput = { [unowned self] in errorOutput += $0 }
    let parsed = parse(SourceFile(name: "test.js", bytes: Array("'use strict';\(source)".utf8)))
    let compiled = compile(parsed)
    guard let block = compiled.code else { throw Failure(text: "\(compiled.diagnostics)") }
    for declaration in block.globalDeclarations {
      machine.globals.declare(machine.atoms.intern(declaration.name).handle, declaration.kind)
    }
    switch machine.run(code: machine.code.load(block, source: nil)) {
    case .completed: break
    case .threw(let value): throw Failure(text: machine.inspect(value))
    case .paused, .stopped: throw Failure(text: "the program did not end")
    }
  }

  /// The value of a global variable.
  func value(_ name: String) throws -> Value {
    let atom = machine.atoms.intern(name)
    return machine.globals.value(try #require(machine.globals.find(atom.handle)))
  }

  func preview(_ name: String, width: Int, ascii: Bool = false) throws -> String {
    machine.preview(try value(name), width: width, ascii: ascii)
  }
}

/// Runs a program and compares what it prints with what Node 20 prints.
func expectPrinted(
  _ source: String, _ expected: String, location: Testing.SourceLocation = #_sourceLocation
) throws {
  let program = try InspectedProgram(source)
  let text = String(decoding: program.output, as: UTF8.self)
  #expect(text == expected + "\n", sourceLocation: location)
}

func expectPrintedToErrors(
  _ source: String, _ expected: String, location: Testing.SourceLocation = #_sourceLocation
) throws {
  let program = try InspectedProgram(source)
  #expect(program.output.isEmpty, sourceLocation: location)
  #expect(String(decoding: program.errorOutput, as: UTF8.self) == expected + "\n", sourceLocation: location)
}
