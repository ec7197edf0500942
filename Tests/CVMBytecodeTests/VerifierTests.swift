import CVMBytecode
import Testing

private func units(_ text: String) -> [UInt16] { Array(text.utf16) }

/// A block of these words with what most tests need: two strings, one name list, four registers, one argument.
private func block(_ words: [UInt32], registers: Int = 8) -> CodeBlock {
  var block = CodeBlock()
  block.words = words
  block.registerCount = registers
  block.parameterCount = 1
  block.constants = [.string(units("x")), .string(units("y")), .nameList([0, 1])]
  return block
}

private func word(_ opcode: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) -> UInt32 {
  Instruction(opcode, a: a, b: b, c: c).word
}

private func number(_ opcode: Opcode, _ a: Int, _ value: Int) -> UInt32 {
  Instruction(opcode, a: a, immediate16: value).word
}

private func jump(_ opcode: Opcode, _ distance: Int) -> UInt32 { Instruction(opcode, jump24: distance).word }

private let done = word(.returnUndefined)

private func verify(_ block: CodeBlock) -> VerifierError? {
  do throws(VerifierError) {
    try Verifier.verify(block)
    return nil
  } catch {
    return error
  }
}

private func kind(_ words: [UInt32]) -> VerifierError.Kind? { verify(block(words))?.kind }

@Suite("Verifying code that may come from anywhere")
struct VerifierTests {
  @Test func `correct code passes`() {
    let words = [
      number(.loadInt, 1, 5), word(.add, 2, 0, 1), word(.cellNew, 3), word(.cellInit, 3, 2), word(.cellGet, 2, 3),
      word(.return, 2),
    ]
    #expect(verify(block(words)) == nil)
  }

  @Test func `the shape of the code is checked`() {
    #expect(kind([]) == .emptyCode)
    #expect(kind([0xFF]) == .unknownOpcode)
    #expect(kind([word(.loadConstant, 1)]) == .truncatedInstruction)
    #expect(kind([number(.loadInt, 1, 5)]) == .runsOffTheEnd)
    #expect(kind([word(.not, 1, 0, 1), done]) == .unusedOperandNotZero)
    #expect(kind([word(.load, 1), 0, 0, 7, done]) == .cacheNotZero)
    #expect(verify(block([done], registers: 257))?.kind == .tooManyRegisters)
    #expect(verify(block([done], registers: 0))?.kind == .parametersExceedRegisters)
  }

  @Test func `an error names the word and the nested block`() {
    var outer = block([word(.closure, 1), 0, done])
    outer.nested = [block([number(.loadInt, 1, 5), 0xFF])]
    let error = verify(outer)
    #expect(error?.kind == .unknownOpcode && error?.pc == 1 && error?.path == [0])
    #expect(error?.description == "invalid code: unknownOpcode at word 1 in nested code 0")
  }

  @Test func `registers, windows and ranges stay inside the frame`() {
    #expect(kind([word(.move, 8, 0), done]) == .registerOutOfRange)
    #expect(kind([word(.move, 1, 8), done]) == .registerOutOfRange)
    #expect(kind([word(.call, 4, 1), done]) == .windowOutOfRange)
    #expect(kind([word(.methodGet, 5, 0), 0, 0, 0, 0, done]) == .windowOutOfRange)
    #expect(kind([word(.iteratorOpen, 6, 0), done]) == .windowOutOfRange)
    #expect(kind([word(.arrayNew, 1, 6, 3), done]) == .registerOutOfRange)
    #expect(kind([word(.objectRest, 1, 0, 6), 3, done]) == .registerOutOfRange)
  }

  @Test func `indices point into the tables`() {
    #expect(kind([word(.loadConstant, 1), 3, done]) == .constantOutOfRange)
    #expect(kind([word(.loadConstant, 1), 2, done]) == .wrongConstantKind)
    #expect(kind([word(.objectCreate, 1, 0, 1), 0, 0, done]) == .wrongConstantKind)
    #expect(kind([word(.objectCreate, 1, 0, 1), 2, 0, done]) == .nameListInvalid)
    #expect(kind([word(.closure, 1), 0, done]) == .nestedCodeOutOfRange)
    #expect(kind([word(.intrinsic, 1, 0, 1), 0, done]) == .nativeOutOfRange)
    #expect(kind([word(.loadCaptured, 1, 0), done]) == .captureOutOfRange)
  }

  @Test(arguments: [
    [Constant.string([97]), .nameList([0, 0])], [.string([97]), .nameList([1])], [.string([97]), .nameList([9])],
    [.string(units("0")), .nameList([0])], [.string(units("__proto__")), .nameList([0])],
  ])
  func `name lists hold distinct plain names`(_ constants: [Constant]) {
    var block = block([done])
    block.constants = constants
    #expect(verify(block)?.kind == .nameListInvalid)
  }

  @Test func `numbers are in the range of their instruction`() {
    #expect(kind([number(.loadSpecial, 1, 7), done]) == .immediateOutOfRange)
    #expect(kind([word(.shiftLeftInt, 1, 0, 32), done]) == .immediateOutOfRange)
    #expect(kind([word(.modInt, 1, 0), 0, done]) == .immediateOutOfRange)
    #expect(kind([word(.setFunctionName, 0, 0), 3, done]) == .immediateOutOfRange)
    #expect(kind([word(.defineGetter, 0, 0, 0), 2, done]) == .immediateOutOfRange)
    #expect(kind([word(.iteratorClose, 1, 2), done]) == .immediateOutOfRange)
  }

  @Test func `jumps go to instructions`() {
    #expect(kind([jump(.jump, 5), done]) == .jumpOutsideCode)
    #expect(kind([jump(.jump, -2), done]) == .jumpOutsideCode)
    #expect(kind([jump(.jump, 1), word(.loadConstant, 1), 0, done]) == .jumpIntoInstruction)
    #expect(kind([jump(.loop, 0), done]) == .loopJumpsForward)
    #expect(kind([word(.jumpTrue, 0), UInt32(bitPattern: -9), done]) == .jumpOutsideCode)
  }

  @Test(arguments: [
    ExceptionHandler(start: 0, end: 0, target: 0, register: 0),
    ExceptionHandler(start: 0, end: 9, target: 0, register: 0),
    ExceptionHandler(start: 1, end: 2, target: 0, register: 0),
    ExceptionHandler(start: 0, end: 2, target: 1, register: 0),
    ExceptionHandler(start: 0, end: 2, target: 3, register: 0),
    ExceptionHandler(start: 0, end: 2, target: 0, register: 8),
  ])
  func `handlers have sane ranges`(_ handler: ExceptionHandler) {
    var block = block([word(.loadConstant, 1), 0, done])
    block.handlers = [handler]
    #expect(verify(block)?.kind == .handlerInvalid)
  }

  @Test func `source map and variables belong to the code`() {
    var unordered = block([done])
    let entry = SourceMap.Entry(pc: 0, start: 0, end: 0, caret: 0)
    unordered.sourceMap.entries = [entry, entry]
    #expect(verify(unordered)?.kind == .sourceMapInvalid)
    var foreign = block([done])
    foreign.variables = [RegisterVariable(name: [], register: 8, isCell: false, start: 0, end: 1)]
    #expect(verify(foreign)?.kind == .variableInvalid)
  }

  @Test func `extra arguments are collected only where they are kept`() {
    #expect(kind([word(.rest, 1, 1), done]) == .argumentsNotKept)
    #expect(kind([word(.createArguments, 1), done]) == .argumentsNotKept)
  }

  @Test func `only programs declare globals`() {
    var function = block([done])
    function.globalDeclarations = [GlobalDeclaration(name: [97], kind: .let, start: 0, end: 1)]
    #expect(verify(function)?.kind == .declarationsOutsideProgram)
    function.kind = .program
    #expect(verify(function) == nil)
  }

  @Test func `closures capture cells of their creator`() {
    func closure(_ capture: Capture, _ words: [UInt32]) -> VerifierError.Kind? {
      var outer = block(words + [word(.closure, 1), 0, done])
      var inner = block([done])
      inner.captures = [capture]
      outer.nested = [inner]
      return verify(outer)?.kind
    }
    let cell = Capture(name: [97], isRegister: true, index: 2)
    #expect(closure(cell, [word(.cellNew, 2)]) == nil)
    #expect(closure(cell, [number(.loadInt, 2, 1)]) == .registerNotReady)
    #expect(closure(Capture(name: [], isRegister: true, index: 8), []) == .captureOfInvalidRegister)
    #expect(closure(Capture(name: [], isRegister: false, index: 0), []) == .captureOutOfRange)
  }

  @Test func `no register is read before something is in it, on any path`() {
    #expect(kind([word(.return, 1)]) == .registerNotReady)
    // Only one of two paths writes r1.
    #expect(kind([word(.jumpTrue, 0), 1, number(.loadInt, 1, 1), word(.return, 1)]) == .registerNotReady)
    // A call leaves nothing above its result.
    let call = [
      word(.move, 1, 0), word(.move, 5, 0), word(.call, 1, 1), word(.return, 5),
    ]
    #expect(kind(call) == .registerNotReady)
    // Words of the machine's own are no values.
    #expect(kind([word(.iteratorOpen, 1, 0), word(.return, 2)]) == .registerNotReady)
  }

  @Test func `cells and values are not taken for each other`() {
    #expect(kind([word(.cellNew, 1), word(.return, 1)]) == .registerNotReady)
    #expect(kind([word(.cellGet, 1, 0), done]) == .registerNotReady)
    #expect(kind([word(.cellNew, 1), word(.cellSet, 1, 1), done]) == .registerNotReady)
    #expect(kind([word(.iteratorNext, 1, 0), 0, done]) == .registerNotReady)
  }

  @Test func `a handler sees only what held before the instruction that threw`() {
    // r1 is written in the protected range; the handler must not read it.
    var block = block([word(.load, 1), 0, 0, 0, done, word(.return, 1)])
    block.handlers = [ExceptionHandler(start: 0, end: 4, target: 5, register: 2)]
    #expect(verify(block)?.kind == .registerNotReady)
    block.handlers[0].register = 1
    #expect(verify(block) == nil)
  }

  @Test func `nesting has a limit`() {
    var code = block([done])
    for _ in 0..<Verifier.nestingLimit + 1 {
      var outer = block([word(.closure, 1), 0, done])
      outer.nested = [code]
      code = outer
    }
    #expect(verify(code)?.kind == .nestedTooDeep)
  }
}
