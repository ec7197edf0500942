import CVMBytecode
import Testing

@testable import CVMRuntime

/// `fib(n)` assembled by hand, called by a program that gets itself from a global.
private func fibonacci() -> CodeBlock {
  var block = CodeBlock()
  block.name = Array("fib".utf16)
  block.parameterCount = 1
  block.registerCount = 8
  block.constants = [.string(Array("fib".utf16))]
  block.words = [
    Instruction(.jumpNotLessThanInt, a: 0, immediate16: 2).word, 1,
    Instruction(.return, a: 0).word,
    Instruction(.load, a: 1).word, 0, 0, 0,
    Instruction(.subInt, a: 5, b: 0, c: 1).word,
    Instruction(.call, a: 1, b: 1).word,
    Instruction(.load, a: 2).word, 0, 0, 0,
    Instruction(.subInt, a: 6, b: 0, c: 2).word,
    Instruction(.call, a: 2, b: 1).word,
    Instruction(.add, a: 1, b: 1, c: 2).word,
    Instruction(.return, a: 1).word,
  ]
  return block
}

private func program(_ n: Int) -> CodeBlock {
  var block = CodeBlock()
  block.kind = .program
  block.registerCount = 6
  block.constants = [.string(Array("fib".utf16))]
  block.nested = [fibonacci()]
  block.words = [
    Instruction(.closure, a: 0).word, 0,
    Instruction(.initialize, a: 0).word, 0,
    Instruction(.loadInt, a: 4, immediate16: n).word,
    Instruction(.call, a: 0, b: 1).word,
    Instruction(.return, a: 0).word,
  ]
  return block
}

@Suite struct DispatchTests {
  @Test(arguments: [Dispatcher.tail, .switch])
  func `a recursive function gives the same on both dispatchers`(dispatcher: Dispatcher) {
    let machine = Machine(dispatcher: dispatcher)
    let code = machine.code.load(program(20), source: nil)
    guard case .completed(let value) = machine.run(code: code) else {
      Issue.record("the program did not complete")
      return
    }
    #expect(value == Value(6765))
  }
}
