/// A place in the code that jumps go to; bound once.
public struct Label: Hashable, Sendable {
  let index: Int
}

/// What an error message says of an instruction's place in the source: UTF-8 byte offsets.
public struct SourceSpan: Hashable, Sendable {
  public var start: UInt32
  public var end: UInt32
  public var caret: UInt32

  public init(start: UInt32, end: UInt32, caret: UInt32) {
    self.start = start
    self.end = end
    self.caret = caret
  }
}

/// Why code could not be built: a mistake of the code generator, or a function beyond the format's limits.
public enum BuilderError: Error, Hashable, Sendable {
  case operandOutOfRange(Opcode, value: Int)
  /// The instruction has other operands than those given.
  case wrongForm(Opcode)
  /// The instruction can throw, and no source range was given.
  case missingSource(Opcode)
  case unboundLabel
  case labelBoundTwice
  case jumpTooFar(Opcode)
  /// A LOOP jump goes forward.
  case loopJumpsForward(Opcode)
}

/// Emits the instructions of one code block; the only way to make code.
///
/// Operands are checked against `OpcodeInfo`; the first mistake is kept and thrown by `finish`. Instructions that
/// control cannot reach are dropped.
public struct CodeBlockBuilder: Sendable {
  /// Everything but words, constants, handlers and source map, which the builder owns.
  public var block = CodeBlock()
  /// The place of the next instruction that has none of its own: set at the start of each statement.
  public var statementSpan: SourceSpan?
  /// Whether the next instruction would be executed.
  public private(set) var isReachable = true
  /// The first mistake.
  public private(set) var error: BuilderError?

  private struct Fixup {
    var pc: Int
    var opcode: Opcode
    var label: Label
  }

  private var labels: [Int] = []
  private var labelIsUsed: [Bool] = []
  private var fixups: [Fixup] = []
  private var handlers: [(start: Int, end: Int, target: Label, register: Int)] = []
  private var constantIndices: [Constant: UInt32] = [:]
  private var intrinsicIndices: [String: UInt32] = [:]
  /// Where the last instruction starts.
  private var lastInstruction = -1
  /// Jump targets: an instruction before one must not be merged with it.
  private var lastBound = 0

  public init() {}

  /// The index of the next word.
  public var pc: Int { block.words.count }

  private mutating func fail(_ error: BuilderError) {
    if self.error == nil { self.error = error }
  }
}

// MARK: - Constants

extension CodeBlockBuilder {
  /// The index of a constant, entered once.
  public mutating func constant(_ constant: Constant) -> UInt32 {
    if let index = constantIndices[constant] { return index }
    let index = UInt32(block.constants.count)
    block.constants.append(constant)
    constantIndices[constant] = index
    return index
  }

  public mutating func constant(_ string: [UInt16]) -> UInt32 { constant(.string(string)) }

  /// The index of the name of a native intrinsic.
  public mutating func intrinsic(_ name: String) -> UInt32 {
    if let index = intrinsicIndices[name] { return index }
    let index = UInt32(block.intrinsics.count)
    block.intrinsics.append(name)
    intrinsicIndices[name] = index
    return index
  }

  public mutating func nested(_ code: CodeBlock) -> UInt32 {
    block.nested.append(code)
    return UInt32(block.nested.count - 1)
  }
}

// MARK: - Instructions

extension CodeBlockBuilder {
  /// Emits an instruction with byte operands; `word` is the trailing word that is neither cache nor jump.
  public mutating func emit(
    _ opcode: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, word: UInt32? = nil, at span: SourceSpan? = nil
  ) {
    guard isReachable else { return }
    let info = opcode.cachedInfo
    guard info.layout == .abc, !info.jumps, info.trailing.first != .doubleHalf else { return fail(.wrongForm(opcode)) }
    begin(opcode, info, span)
    check(opcode, info, a, b, c)
    block.words.append(Instruction(opcode, a: a, b: b, c: c).word)
    appendTrailing(opcode, info, word)
    if info.isTerminator { isReachable = false }
  }

  /// Emits an instruction with a register and a 16-bit number.
  public mutating func emit(_ opcode: Opcode, _ a: Int, immediate: Int) {
    guard isReachable else { return }
    let info = opcode.cachedInfo
    guard info.layout == .aImmediate16, !info.jumps else { return fail(.wrongForm(opcode)) }
    begin(opcode, info, nil)
    emitImmediateWord(opcode, info, a, immediate)
  }

  public mutating func emitDouble(_ register: Int, _ value: Double) {
    guard isReachable else { return }
    let info = Opcode.loadDouble.cachedInfo
    begin(.loadDouble, info, nil)
    check(.loadDouble, info, register, 0, 0)
    block.words.append(Instruction(.loadDouble, a: register).word)
    block.words.append(UInt32(truncatingIfNeeded: value.bitPattern))
    block.words.append(UInt32(truncatingIfNeeded: value.bitPattern >> 32))
  }

  /// Emits a jump, with the registers that it tests.
  public mutating func emitJump(
    _ opcode: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, to label: Label, at span: SourceSpan? = nil
  ) {
    guard isReachable else { return }
    let info = opcode.cachedInfo
    guard info.layout != .aImmediate16, info.jumps else { return fail(.wrongForm(opcode)) }
    begin(opcode, info, span)
    fixups.append(Fixup(pc: pc, opcode: opcode, label: label))
    labelIsUsed[label.index] = true
    if info.layout == .jump24 {
      block.words.append(Instruction(opcode, jump24: 0).word)
    } else {
      check(opcode, info, a, b, c)
      block.words.append(Instruction(opcode, a: a, b: b, c: c).word)
      block.words.append(0)
    }
    if info.isTerminator { isReachable = false }
  }

  /// Emits a jump that compares a register with a 16-bit number.
  public mutating func emitJump(
    _ opcode: Opcode, _ a: Int, immediate: Int, to label: Label, at span: SourceSpan? = nil
  ) {
    guard isReachable else { return }
    let info = opcode.cachedInfo
    guard info.layout == .aImmediate16, info.jumps else { return fail(.wrongForm(opcode)) }
    begin(opcode, info, span)
    fixups.append(Fixup(pc: pc, opcode: opcode, label: label))
    labelIsUsed[label.index] = true
    emitImmediateWord(opcode, info, a, immediate)
    block.words.append(0)
  }

  private mutating func begin(_ opcode: Opcode, _ info: OpcodeInfo, _ span: SourceSpan?) {
    lastInstruction = pc
    if let span = span ?? statementSpan {
      let entry = SourceMap.Entry(pc: UInt32(pc), start: span.start, end: span.end, caret: span.caret)
      if let last = block.sourceMap.entries.last, last.start == span.start, last.end == span.end,
        last.caret == span.caret
      {
      } else {
        block.sourceMap.entries.append(entry)
      }
    }
    statementSpan = nil
    if info.canThrow && span == nil { fail(.missingSource(opcode)) }
  }

  private mutating func emitImmediateWord(_ opcode: Opcode, _ info: OpcodeInfo, _ a: Int, _ immediate: Int) {
    check(opcode, info, a, 0, 0)
    if Int16(exactly: immediate) == nil { fail(.operandOutOfRange(opcode, value: immediate)) }
    block.words.append(Instruction(opcode, a: a, immediate16: immediate).word)
  }

  private mutating func check(_ opcode: Opcode, _ info: OpcodeInfo, _ a: Int, _ b: Int, _ c: Int) {
    check(opcode, info.a, a, next: b)
    check(opcode, info.b, b, next: c)
    check(opcode, info.c, c, next: 0)
  }

  private mutating func check(_ opcode: Opcode, _ operand: Operand, _ value: Int, next: Int) {
    let range: ClosedRange<Int> =
      switch operand {
      case .none: 0...0
      case .immediate: -128...127
      default: 0...255
      }
    guard range.contains(value) else { return fail(.operandOutOfRange(opcode, value: value)) }
    switch operand {
    case .write, .read, .update: reserve(value + 1, opcode)
    case .window: reserve(value + opcode.windowSize(count: next), opcode)
    case .readRange: reserve(value + (opcode == .objectRest ? 0 : next), opcode)
    case .count where [.generatorStart, .yield, .yieldDelegate].contains(opcode): reserve(value, opcode)
    case .none, .count, .immediate, .capture: break
    }
  }

  private mutating func reserve(_ count: Int, _ opcode: Opcode) {
    if count > 256 { fail(.operandOutOfRange(opcode, value: count)) }
    block.registerCount = max(block.registerCount, count)
  }

  private mutating func appendTrailing(_ opcode: Opcode, _ info: OpcodeInfo, _ word: UInt32?) {
    var word = word
    for kind in info.trailing {
      if kind == .cache {
        block.words.append(0)
      } else if let value = word {
        block.words.append(value)
        word = nil
      } else {
        fail(.wrongForm(opcode))
      }
    }
    if word != nil { fail(.wrongForm(opcode)) }
  }
}

// MARK: - Labels and handlers

extension CodeBlockBuilder {
  public mutating func makeLabel() -> Label {
    labels.append(-1)
    labelIsUsed.append(false)
    return Label(index: labels.count - 1)
  }

  /// Makes a label point to the next instruction, which becomes reachable when some jump goes there already; tell by
  /// `isReachedLater` that one will.
  public mutating func bind(_ label: Label, isReachedLater: Bool = false) {
    if labels[label.index] >= 0 { fail(.labelBoundTwice) }
    dropJumpToNext(label)
    labels[label.index] = pc
    lastBound = pc
    if isReachedLater || labelIsUsed[label.index] { isReachable = true }
  }

  /// A jump to the instruction that follows it is removed.
  private mutating func dropJumpToNext(_ label: Label) {
    guard let last = fixups.last, last.label == label, last.opcode == .jump, last.pc == pc - 1, lastBound < pc else {
      return
    }
    // An entry that belongs to the jump alone would come to stand for the instruction after it.
    if let entry = block.sourceMap.entries.last, Int(entry.pc) == last.pc { return }
    fixups.removeLast()
    block.words.removeLast()
    isReachable = true
  }

  /// Adds a handler for exceptions in the words from `start` to `end`; inner handlers are to be added first.
  public mutating func addHandler(from start: Int, to end: Int, target: Label, register: Int) {
    guard start < end else { return }
    reserve(register + 1, .nop)
    labelIsUsed[target.index] = true
    handlers.append((start, end, target, register))
  }

  /// Whether some jump or handler goes to the label.
  public func isUsed(_ label: Label) -> Bool { labelIsUsed[label.index] }
}

// MARK: - Completion

extension CodeBlockBuilder {
  /// The finished code block.
  public consuming func finish() throws(BuilderError) -> CodeBlock {
    for fixup in fixups { patch(fixup) }
    for handler in handlers {
      if labels[handler.target.index] < 0 { fail(.unboundLabel) }
      block.handlers.append(
        ExceptionHandler(
          start: UInt32(handler.start), end: UInt32(handler.end),
          target: UInt32(max(0, labels[handler.target.index])), register: UInt8(truncatingIfNeeded: handler.register)))
    }
    block.registerCount = max(block.registerCount, block.parameterCount)
    if let error { throw error }
    return block
  }

  private mutating func patch(_ fixup: Fixup) {
    guard labels[fixup.label.index] >= 0 else { return fail(.unboundLabel) }
    let isLoop = fixup.opcode.isLoopJump
    var target = finalTarget(labels[fixup.label.index])
    if isLoop && target > fixup.pc { target = labels[fixup.label.index] }
    if isLoop && target > fixup.pc { fail(.loopJumpsForward(fixup.opcode)) }
    let info = fixup.opcode.cachedInfo
    let distance = target - (fixup.pc + info.wordCount)
    if info.layout == .jump24 {
      if distance < -(1 << 23) || distance >= 1 << 23 { fail(.jumpTooFar(fixup.opcode)) }
      block.words[fixup.pc] = Instruction(fixup.opcode, jump24: distance).word
    } else {
      block.words[fixup.pc + info.wordCount - 1] = UInt32(truncatingIfNeeded: distance)
    }
  }

  /// Where a jump to an unconditional jump ends up.
  private func finalTarget(_ target: Int) -> Int {
    var target = target
    for _ in 0..<8 {
      guard target < block.words.count, UInt8(truncatingIfNeeded: block.words[target]) == Opcode.jump.rawValue,
        let fixup = fixup(at: target), labels[fixup.label.index] >= 0
      else { return target }
      target = labels[fixup.label.index]
    }
    return target
  }

  private func fixup(at pc: Int) -> Fixup? {
    var low = 0
    var high = fixups.count
    while low < high {
      let middle = (low + high) / 2
      if fixups[middle].pc < pc { low = middle + 1 } else { high = middle }
    }
    return low < fixups.count && fixups[low].pc == pc ? fixups[low] : nil
  }
}
