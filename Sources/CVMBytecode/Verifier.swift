/// Why a code block must not be run, and at which word.
public struct VerifierError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    case emptyCode
    case tooManyRegisters
    case parametersExceedRegisters
    case unknownOpcode
    case truncatedInstruction
    case unusedOperandNotZero
    case registerOutOfRange
    case windowOutOfRange
    case captureOutOfRange
    case captureOfInvalidRegister
    case constantOutOfRange
    /// A string was needed and the constant is a name list, or the other way round.
    case wrongConstantKind
    case nameListInvalid
    case nestedCodeOutOfRange
    case nativeOutOfRange
    case immediateOutOfRange
    case cacheNotZero
    case jumpOutsideCode
    case jumpIntoInstruction
    case loopJumpsForward
    case runsOffTheEnd
    case handlerInvalid
    case sourceMapInvalid
    case variableInvalid
    case argumentsNotKept
    case declarationsOutsideProgram
    case nestedTooDeep
    /// A register is read that holds nothing of the needed kind on some path.
    case registerNotReady
    case tooLong
  }

  public var kind: Kind
  /// The word, or nil when the error concerns the block as a whole.
  public var pc: Int?
  /// The indices of the nested blocks from the outermost block to the faulty one.
  public var path: [Int] = []

  public init(_ kind: Kind, pc: Int? = nil) {
    self.kind = kind
    self.pc = pc
  }

  public var description: String {
    let place = path.isEmpty ? "" : " in nested code \(path.map(String.init).joined(separator: "."))"
    return "invalid code: \(kind)\(pc.map { " at word \($0)" } ?? "")\(place)"
  }
}

/// Checks code that may come from anywhere: what passes cannot make the machine read or write outside of its frame, its
/// constants or its code.
public struct Verifier: Sendable {
  /// How deep code blocks may nest.
  public static let nestingLimit = 4_096
  static let wordLimit = 1 << 28

  /// Verifies a block and all blocks nested in it.
  public static func verify(_ block: CodeBlock) throws(VerifierError) {
    // Iterative: the depth of nesting comes from the source or from a file.
    var pending: [(block: CodeBlock, creator: CodeBlock?, path: [Int])] = [(block, nil, [])]
    while let item = pending.popLast() {
      do throws(VerifierError) {
        if item.path.count > nestingLimit { throw VerifierError(.nestedTooDeep) }
        var verifier = Verifier(block: item.block)
        try verifier.run()
      } catch {
        var located = error
        located.path = item.path
        throw located
      }
      for (index, nested) in item.block.nested.enumerated() {
        pending.append((nested, item.block, item.path + [index]))
      }
    }
  }

  let block: CodeBlock
  let registerCount: Int
  /// For each word whether an instruction starts there.
  private(set) var isStart: [Bool]

  private init(block: CodeBlock) {
    self.block = block
    registerCount = block.registerCount
    isStart = [Bool](repeating: false, count: block.words.count)
  }

  /// For a block that was verified before.
  init(verified block: CodeBlock) throws(VerifierError) {
    self.init(block: block)
    try verifyInstructions()
  }

  private mutating func run() throws(VerifierError) {
    if block.words.isEmpty { throw VerifierError(.emptyCode) }
    if block.words.count > Self.wordLimit { throw VerifierError(.tooLong) }
    if registerCount < 0 || registerCount > 256 { throw VerifierError(.tooManyRegisters) }
    if block.parameterCount < 0 || block.parameterCount > registerCount {
      throw VerifierError(.parametersExceedRegisters)
    }
    if block.kind != .program && !block.globalDeclarations.isEmpty {
      throw VerifierError(.declarationsOutsideProgram)
    }
    if block.captures.count > 256 { throw VerifierError(.captureOutOfRange) }
    try verifyConstants()
    try verifyInstructions()
    try verifyTargets()
    try verifyTables()
    try verifyRegisterUse()
  }

  private func verifyConstants() throws(VerifierError) {
    for constant in block.constants {
      guard case .nameList(let names) = constant else { continue }
      if names.count > 255 || Set(names).count != names.count { throw VerifierError(.nameListInvalid) }
      for name in names {
        guard name < block.constants.count, case .string(let units) = block.constants[Int(name)], !isArrayIndex(units)
        else { throw VerifierError(.nameListInvalid) }
      }
      if names.contains(where: { block.constants[Int($0)] == .string(Array("__proto__".utf16)) }) {
        throw VerifierError(.nameListInvalid)
      }
    }
  }

  // MARK: Instructions

  private mutating func verifyInstructions() throws(VerifierError) {
    var pc = 0
    var last = Opcode.nop
    while pc < block.words.count {
      let instruction = Instruction(word: block.words[pc])
      guard let opcode = instruction.opcode else { throw VerifierError(.unknownOpcode, pc: pc) }
      let info = opcode.cachedInfo
      if pc + info.wordCount > block.words.count { throw VerifierError(.truncatedInstruction, pc: pc) }
      isStart[pc] = true
      try verifyOperands(opcode, info, instruction, pc)
      try verifyTrailing(opcode, info, instruction, pc)
      last = opcode
      pc += info.wordCount
    }
    if !last.cachedInfo.isTerminator { throw VerifierError(.runsOffTheEnd, pc: block.words.count) }
  }

  private func verifyOperands(
    _ opcode: Opcode, _ info: OpcodeInfo, _ instruction: Instruction, _ pc: Int
  ) throws(VerifierError) {
    switch info.layout {
    case .jump24: break
    case .aImmediate16:
      try verifyOperand(opcode, info.a, instruction.a, count: 0, pc)
      if opcode == .loadSpecial && !(0...6).contains(instruction.immediate16) {
        throw VerifierError(.immediateOutOfRange, pc: pc)
      }
    case .abc:
      try verifyOperand(opcode, info.a, instruction.a, count: instruction.b, pc)
      try verifyOperand(opcode, info.b, instruction.b, count: instruction.c, pc)
      let restCount = opcode == .objectRest ? Int(block.words[pc + 1] & 0xff) : 0
      try verifyOperand(opcode, info.c, instruction.c, count: restCount, pc)
    }
    switch opcode {
    case .rest, .createArguments:
      if !block.needsArgumentCount { throw VerifierError(.argumentsNotKept, pc: pc) }
    case .shiftLeftInt, .shiftRightInt, .shiftRightUnsignedInt:
      if !(0...31).contains(instruction.signedC) { throw VerifierError(.immediateOutOfRange, pc: pc) }
    case .iteratorClose:
      if instruction.b > 1 { throw VerifierError(.immediateOutOfRange, pc: pc) }
    default: break
    }
  }

  private func verifyOperand(
    _ opcode: Opcode, _ operand: Operand, _ value: Int, count: Int, _ pc: Int
  ) throws(VerifierError) {
    switch operand {
    case .none:
      if value != 0 { throw VerifierError(.unusedOperandNotZero, pc: pc) }
    case .write, .read, .update:
      if value >= registerCount { throw VerifierError(.registerOutOfRange, pc: pc) }
    case .window:
      if value + opcode.windowSize(count: count) > registerCount { throw VerifierError(.windowOutOfRange, pc: pc) }
    case .readRange:
      if value + count > registerCount { throw VerifierError(.registerOutOfRange, pc: pc) }
    case .capture:
      if value >= block.captures.count { throw VerifierError(.captureOutOfRange, pc: pc) }
    case .count, .immediate: break
    }
  }

  private func verifyTrailing(
    _ opcode: Opcode, _ info: OpcodeInfo, _ instruction: Instruction, _ pc: Int
  ) throws(VerifierError) {
    for (offset, kind) in info.trailing.enumerated() {
      let word = block.words[pc + 1 + offset]
      switch kind {
      case .cache: if word != 0 { throw VerifierError(.cacheNotZero, pc: pc + 1 + offset) }
      case .constant: try verifyConstant(opcode, instruction, word, pc)
      case .nestedCode:
        guard word < block.nested.count else { throw VerifierError(.nestedCodeOutOfRange, pc: pc) }
        try verifyCaptures(of: block.nested[Int(word)], pc)
      case .native: if word >= block.intrinsics.count { throw VerifierError(.nativeOutOfRange, pc: pc) }
      case .immediate: try verifyImmediate(opcode, instruction, word, pc)
      case .doubleHalf, .jump: break
      }
    }
  }

  private func verifyConstant(
    _ opcode: Opcode, _ instruction: Instruction, _ word: UInt32, _ pc: Int
  ) throws(VerifierError) {
    guard word < block.constants.count else { throw VerifierError(.constantOutOfRange, pc: pc) }
    switch block.constants[Int(word)] {
    case .string: if opcode == .objectCreate { throw VerifierError(.wrongConstantKind, pc: pc) }
    case .nameList(let names):
      if opcode != .objectCreate { throw VerifierError(.wrongConstantKind, pc: pc) }
      if names.count != instruction.c { throw VerifierError(.nameListInvalid, pc: pc) }
    case .bigInt: if opcode != .loadConstant { throw VerifierError(.wrongConstantKind, pc: pc) }
    }
  }

  private func verifyImmediate(
    _ opcode: Opcode, _ instruction: Instruction, _ word: UInt32, _ pc: Int
  ) throws(VerifierError) {
    let isValid =
      switch opcode {
      case .modInt: Int32(bitPattern: word) > 0
      case .objectRest: word <= 255 && instruction.c + Int(word) <= registerCount
      case .defineGetter, .defineSetter: word <= 1
      case .setFunctionName: word <= 2
      default: true
      }
    if !isValid { throw VerifierError(.immediateOutOfRange, pc: pc) }
  }

  private func verifyCaptures(of nested: CodeBlock, _ pc: Int) throws(VerifierError) {
    for capture in nested.captures {
      if capture.isRegister {
        if Int(capture.index) >= registerCount { throw VerifierError(.captureOfInvalidRegister, pc: pc) }
      } else if Int(capture.index) >= block.captures.count {
        throw VerifierError(.captureOutOfRange, pc: pc)
      }
    }
  }

  // MARK: Jumps and tables

  private func verifyTargets() throws(VerifierError) {
    var pc = 0
    while pc < block.words.count {
      guard let opcode = Instruction(word: block.words[pc]).opcode else { return }
      if let target = jumpTarget(opcode, pc) {
        guard target >= 0, target < block.words.count else { throw VerifierError(.jumpOutsideCode, pc: pc) }
        if !isStart[target] { throw VerifierError(.jumpIntoInstruction, pc: pc) }
        if opcode.isLoopJump && target > pc { throw VerifierError(.loopJumpsForward, pc: pc) }
      }
      pc += opcode.cachedInfo.wordCount
    }
  }

  func jumpTarget(_ opcode: Opcode, _ pc: Int) -> Int? { block.jumpTarget(of: opcode, at: pc) }

  private func verifyTables() throws(VerifierError) {
    for handler in block.handlers {
      guard handler.start < handler.end, handler.end <= block.words.count, isStart[Int(handler.start)],
        Int(handler.end) == block.words.count || isStart[Int(handler.end)],
        handler.target < block.words.count, isStart[Int(handler.target)], Int(handler.register) < registerCount
      else { throw VerifierError(.handlerInvalid, pc: Int(handler.start)) }
    }
    var previous = -1
    for entry in block.sourceMap.entries {
      guard Int(entry.pc) > previous, entry.pc < block.words.count, isStart[Int(entry.pc)], entry.start <= entry.end
      else { throw VerifierError(.sourceMapInvalid, pc: Int(entry.pc)) }
      previous = Int(entry.pc)
    }
    for variable in block.variables {
      guard Int(variable.register) < registerCount, variable.start <= variable.end,
        variable.end <= block.words.count
      else { throw VerifierError(.variableInvalid, pc: Int(variable.start)) }
    }
  }
}

extension CodeBlock {
  /// Where the jump at `pc` goes to; nil for other instructions.
  public func jumpTarget(of opcode: Opcode, at pc: Int) -> Int? {
    let info = opcode.cachedInfo
    guard info.jumps else { return nil }
    if info.layout == .jump24 { return pc + 1 + Instruction(word: words[pc]).jump24 }
    let end = pc + info.wordCount
    return end + Int(Int32(bitPattern: words[end - 1]))
  }
}

/// Whether a property name is an array index or another canonical integer that is stored as an element.
public func isArrayIndex(_ units: [UInt16]) -> Bool {
  guard let first = units.first, units.count <= 10 else { return false }
  if first == 0x30 { return units.count == 1 }
  var value: UInt64 = 0
  for unit in units {
    guard unit >= 0x30, unit <= 0x39 else { return false }
    value = value * 10 + UInt64(unit - 0x30)
  }
  return value < 0xFFFF_FFFF
}
