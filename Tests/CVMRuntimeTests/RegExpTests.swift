import CVMCompiler
import CVMSyntax
import Testing

@testable import CVMRuntime

@Suite struct `A regular expression in a program` {
  private func load(_ source: String, into machine: Machine) throws -> Int {
    let compiled = compile(parse(SourceFile(name: "test.js", bytes: Array("'use strict';\(source)".utf8))))
    let block = try #require(compiled.code)
    for declaration in block.globalDeclarations {
      machine.globals.declare(machine.atoms.intern(declaration.name).handle, declaration.kind)
    }
    return machine.code.load(block, source: nil)
  }

  @Test func `counts its steps against the limit`() throws {
    let machine = Machine()
    machine.limits.steps = 200_000
    let code = try load("/(a+)+$/.test('a'.repeat(60) + '!');", into: machine)
    guard case .stopped(.stepLimit) = machine.run(code: code) else {
      Issue.record("the match was not stopped")
      return
    }
    #expect(machine.stepsTaken >= 200_000 && machine.stepsTaken < 400_000)
  }

  @Test func `stops when it is interrupted`() throws {
    let machine = Machine()
    let code = try load("'x'.repeat(10); /(a+)+$/.test('a'.repeat(60) + '!');", into: machine)
    machine.limits.steps = 1 << 40
    machine.limits.seconds = 0.001
    guard case .stopped(.timeLimit) = machine.run(code: code) else {
      Issue.record("the match was not stopped")
      return
    }
  }

  @Test func `pauses inside a replacing function and goes on after a collection`() throws {
    let machine = Machine()
    var output: [UInt8] = []
    machine.output = { output += $0 }
    let code = try load(
      """
      const ask = (match, letter, digit) => letter + CC('for ' + match) + digit;
      console.log('a1-b2-c3'.replace(/([a-z])(?<d>\\d)/g, ask), [...'x1'.matchAll(/\\w/g)].length);
      """, into: machine)
    var completion = machine.run(code: code)
    var prompts: [String] = []
    while case .paused(let prompt) = completion {
      prompts.append(machine.vm.text(prompt))
      machine.collect()
      completion = machine.resume(answer: machine.vm.makeString("\(prompts.count)"))
    }
    #expect(prompts == ["for a1", "for b2", "for c3"])
    #expect(String(decoding: output, as: UTF8.self) == "a11-b22-c33 2\n")
  }
}
