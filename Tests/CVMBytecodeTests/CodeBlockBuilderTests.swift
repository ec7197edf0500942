import CVMBytecode
import Testing

private let here = SourceSpan(start: 1, end: 2, caret: 1)

/// Runs `body` on a new builder and gives the finished block, or the error.
private func build(_ body: (inout CodeBlockBuilder) -> Void) -> Result<CodeBlock, BuilderError> {
  var builder = CodeBlockBuilder()
  body(&builder)
  do throws(BuilderError) {
    return .success(try builder.finish())
  } catch {
    return .failure(error)
  }
}

private func error(_ body: (inout CodeBlockBuilder) -> Void) -> BuilderError? {
  if case .failure(let error) = build(body) { return error }
  return nil
}

@Suite("Building code")
struct CodeBlockBuilderTests {
  @Test func `jumps in both directions reach their labels`() throws {
    let block = try build { builder in
      let top = builder.makeLabel()
      let end = builder.makeLabel()
      builder.emit(.loadInt, 0, immediate: 3)
      builder.bind(top)
      builder.emitJump(.jumpStrictEqInt, 0, immediate: 0, to: end)
      builder.emit(.decrement, 0, 0, at: here)
      builder.emitJump(.loop, to: top)
      builder.bind(end)
      builder.emit(.return, 0)
    }.get()
    #expect(block.jumpTarget(of: .jumpStrictEqInt, at: 1) == 5)
    #expect(block.jumpTarget(of: .loop, at: 4) == 1)
    #expect(block.registerCount == 1)
  }

  @Test func `what control cannot reach is not emitted`() throws {
    let block = try build { builder in
      builder.emit(.returnUndefined)
      builder.emit(.loadInt, 0, immediate: 1)
      builder.emit(.return, 0)
    }.get()
    #expect(block.words.count == 1)
  }

  @Test func `a jump to the next instruction vanishes, a jump to a jump goes on`() throws {
    let block = try build { builder in
      let next = builder.makeLabel()
      let far = builder.makeLabel()
      let near = builder.makeLabel()
      builder.emit(.loadInt, 0, immediate: 1)
      builder.emitJump(.jump, to: next)
      builder.bind(next)
      builder.emitJump(.jumpTrue, 0, to: near)
      builder.emit(.nop)
      builder.bind(near)
      builder.emitJump(.jump, to: far)
      builder.bind(far)
      builder.emit(.nop)
      builder.emit(.return, 0)
    }.get()
    #expect(block.words.filter { Instruction(word: $0).opcode == .jump }.isEmpty)
    #expect(block.jumpTarget(of: .jumpTrue, at: 1) == 4)
  }

  @Test func `windows count as registers in use`() throws {
    let block = try build { builder in
      builder.emit(.loadSpecial, 2, immediate: 0)
      builder.emit(.call, 2, 3, at: here)
      builder.emit(.returnUndefined)
    }.get()
    #expect(block.registerCount == 2 + callHeaderSize + 3)
  }

  @Test func `a constant, name list or intrinsic is entered once`() throws {
    let block = try build { builder in
      let first = builder.constant([97])
      #expect(builder.constant([97]) == first)
      #expect(builder.constant([98]) != first)
      #expect(builder.constant(.nameList([first])) == builder.constant(.nameList([first])))
      #expect(builder.intrinsic("f") == builder.intrinsic("f"))
      builder.emit(.returnUndefined)
    }.get()
    #expect(block.constants.count == 3)
    #expect(block.intrinsics == ["f"])
  }

  @Test func `each instruction that can throw has a place in the source`() throws {
    #expect(error { $0.emit(.add, 0, 0, 0) } == .missingSource(.add))
    let block = try build { builder in
      builder.emit(.loadInt, 0, immediate: 1)
      builder.emit(.add, 0, 0, 0, at: here)
      builder.emit(.return, 0)
    }.get()
    #expect(block.sourceMap.entry(at: 1)?.caret == 1)
    #expect(block.sourceMap.entry(at: 0) == nil)
  }

  @Test func `operands out of range are refused`() {
    #expect(error { $0.emit(.move, 256, 0) } == .operandOutOfRange(.move, value: 256))
    #expect(error { $0.emit(.addInt, 0, 0, 128, at: here) } == .operandOutOfRange(.addInt, value: 128))
    #expect(error { $0.emit(.not, 0, 0, 1) } == .operandOutOfRange(.not, value: 1))
    #expect(error { $0.emit(.loadInt, 0, immediate: 32768) } == .operandOutOfRange(.loadInt, value: 32768))
    #expect(error { $0.emit(.call, 250, 3, at: here) } == .operandOutOfRange(.call, value: 257))
  }

  @Test func `an instruction takes the operands that belong to it`() {
    #expect(error { $0.emit(.loadConstant, 0) } == .wrongForm(.loadConstant))
    #expect(error { $0.emit(.move, 0, 0, word: 1) } == .wrongForm(.move))
    #expect(error { $0.emit(.loadInt, 0) } == .wrongForm(.loadInt))
    #expect(error { $0.emit(.jumpTrue, 0) } == .wrongForm(.jumpTrue))
    #expect(error { $0.emit(.move, 0, immediate: 1) } == .wrongForm(.move))
    #expect(
      error { builder in
        let label = builder.makeLabel()
        builder.emitJump(.move, 0, to: label)
      } == .wrongForm(.move))
  }

  @Test func `labels are bound once, and loops go back`() {
    #expect(
      error { builder in
        let label = builder.makeLabel()
        builder.emitJump(.jump, to: label)
      } == .unboundLabel)
    #expect(
      error { builder in
        let label = builder.makeLabel()
        builder.bind(label)
        builder.bind(label)
      } == .labelBoundTwice)
    #expect(
      error { builder in
        let label = builder.makeLabel()
        builder.emit(.loadInt, 0, immediate: 0)
        builder.emitJump(.loopTrue, 0, to: label)
        builder.emit(.nop)
        builder.bind(label)
        builder.emit(.return, 0)
      } == .loopJumpsForward(.loopTrue))
  }

  @Test func `a handler for no code is dropped, any other makes its target reachable`() throws {
    let block = try build { builder in
      let handler = builder.makeLabel()
      builder.addHandler(from: 0, to: 0, target: handler, register: 1)
      builder.emit(.loadSpecial, 0, immediate: 0)
      builder.emit(.throw, 0, at: here)
      builder.addHandler(from: 0, to: builder.pc, target: handler, register: 1)
      builder.bind(handler)
      builder.emit(.return, 1)
    }.get()
    #expect(block.handlers == [ExceptionHandler(start: 0, end: 2, target: 2, register: 1)])
  }
}
