/// What a register holds on every path that leads to an instruction.
public enum RegisterState: UInt8, Sendable {
  /// Garbage, or different things on different paths.
  case garbage
  case value
  case cell
  /// The first register of an iteration's state.
  case iterator
  /// The first register of the state of a `for-in`.
  case enumeration
  /// The second and third of either.
  case iteratorRest
}

/// The registers of a frame before an instruction.
private struct FrameState: Equatable, Sendable {
  /// The last entry stands for the generator object of the frame.
  var registers: [RegisterState]

  /// Keeps what both paths agree on; returns whether anything was lost.
  mutating func merge(_ other: FrameState) -> Bool {
    var changed = false
    for index in registers.indices where registers[index] != other.registers[index] {
      if registers[index] != .garbage {
        registers[index] = .garbage
        changed = true
      }
    }
    return changed
  }
}

/// What the registers of a verified block hold before each instruction: for frames in checkpoints.
public struct RegisterUse: Sendable {
  private let verifier: Verifier
  private let states: [Int: FrameState]

  /// Follows all paths of a block that was verified.
  public init(_ block: CodeBlock) throws(VerifierError) {
    verifier = try Verifier(verified: block)
    states = try verifier.registerStates()
  }

  /// Whether an instruction starts at this word.
  public func isInstruction(_ pc: Int) -> Bool { pc >= 0 && pc < verifier.isStart.count && verifier.isStart[pc] }

  /// The first word of the instruction that ends before this word.
  public func instruction(before end: Int) -> Int? {
    guard end > 0, end <= verifier.isStart.count else { return nil }
    var start = end - 1
    while start > 0, !verifier.isStart[start] { start -= 1 }
    guard let opcode = Instruction(word: verifier.block.words[start]).opcode else { return nil }
    return start + opcode.cachedInfo.wordCount == end ? start : nil
  }

  /// The registers before the instruction at a word; nil where no path leads.
  public func before(_ pc: Int) -> [RegisterState]? { state(before: pc).map { Array($0.registers.dropLast()) } }

  /// Whether the frame of a generator function belongs to a generator object at a place that code reaches.
  public func isGeneratorStarted(_ pc: Int) -> Bool { state(before: pc)?.registers.last == .value }

  private func state(before pc: Int) -> FrameState? {
    guard isInstruction(pc) else { return nil }
    var start = pc
    while states[start] == nil {
      start -= 1
      if start < 0 { return nil }
    }
    guard var state = states[start] else { return nil }
    var position = start
    while position < pc {
      guard let opcode = Instruction(word: verifier.block.words[position]).opcode else { return nil }
      if opcode.cachedInfo.isTerminator { return nil }
      do { try verifier.apply(opcode, position, &state) } catch { return nil }
      position += opcode.cachedInfo.wordCount
    }
    return position == pc ? state : nil
  }

  /// The registers after the instruction at a word, when it does not jump.
  public func after(_ pc: Int) -> [RegisterState]? {
    guard var state = state(before: pc), let opcode = Instruction(word: verifier.block.words[pc]).opcode else {
      return nil
    }
    do { try verifier.apply(opcode, pc, &state) } catch { return nil }
    return Array(state.registers.dropLast())
  }
}

extension Verifier {
  /// Follows all paths: no instruction reads a register that nothing was written to, none takes a value for a cell or
  /// the other way round.
  func verifyRegisterUse() throws(VerifierError) { _ = try registerStates() }

  /// The registers at the start of each stretch of code, as far as a path leads there.
  fileprivate func registerStates() throws(VerifierError) -> [Int: FrameState] {
    var entry = FrameState(registers: [RegisterState](repeating: .garbage, count: registerCount + 1))
    for register in 0..<block.parameterCount { entry.registers[register] = .value }
    var states: [Int: FrameState] = [0: entry]
    var pending = [0]
    let blockStarts = findBlockStarts()
    while let start = pending.popLast() {
      guard var state = states[start] else { continue }
      var pc = start
      while true {
        guard let opcode = Instruction(word: block.words[pc]).opcode else { return states }
        flowToHandlers(state, at: pc, &states, &pending)
        let before = state
        try apply(opcode, pc, &state)
        let next = pc + opcode.cachedInfo.wordCount
        if let target = jumpTarget(opcode, pc) {
          flow(opcode.leavesOperandsOnJump ? before : state, to: target, &states, &pending)
        }
        if opcode.cachedInfo.isTerminator { break }
        if blockStarts.contains(next) {
          flow(state, to: next, &states, &pending)
          break
        }
        pc = next
      }
    }
    return states
  }

  private func findBlockStarts() -> Set<Int> {
    var starts: Set<Int> = []
    var pc = 0
    while pc < block.words.count {
      guard let opcode = Instruction(word: block.words[pc]).opcode else { break }
      if let target = jumpTarget(opcode, pc) { starts.insert(target) }
      pc += opcode.cachedInfo.wordCount
    }
    for handler in block.handlers {
      starts.insert(Int(handler.start))
      starts.insert(Int(handler.target))
    }
    return starts
  }

  private func flow(_ state: FrameState, to pc: Int, _ states: inout [Int: FrameState], _ pending: inout [Int]) {
    if states[pc] == nil {
      states[pc] = state
      pending.append(pc)
    } else if states[pc]?.merge(state) == true {
      pending.append(pc)
    }
  }

  private func flowToHandlers(
    _ state: FrameState, at pc: Int, _ states: inout [Int: FrameState], _ pending: inout [Int]
  ) {
    guard !block.handlers.isEmpty else { return }
    for handler in block.handlers where handler.start <= pc && pc < handler.end {
      var state = state
      // What the throwing instruction may have clobbered is lost as well.
      clobberWindow(at: pc, &state)
      state.registers[Int(handler.register)] = .value
      flow(state, to: Int(handler.target), &states, &pending)
    }
  }

  private func clobberWindow(at pc: Int, _ state: inout FrameState) {
    let instruction = Instruction(word: block.words[pc])
    guard let opcode = instruction.opcode, opcode.callsThroughWindow else { return }
    for register in instruction.a..<registerCount { state.registers[register] = .garbage }
  }

  // MARK: The effect of one instruction

  fileprivate func apply(_ opcode: Opcode, _ pc: Int, _ state: inout FrameState) throws(VerifierError) {
    let instruction = Instruction(word: block.words[pc])
    let info = opcode.cachedInfo
    try read(opcode, instruction, pc, state)
    if opcode == .closure {
      for capture in block.nested[Int(block.words[pc + 1])].captures where capture.isRegister {
        try require(.cell, Int(capture.index), pc, state)
      }
    }
    if opcode.callsThroughWindow {
      for register in instruction.a..<registerCount { state.registers[register] = .garbage }
      state.registers[instruction.a] = .value
      return
    }
    switch opcode {
    case .cellNew: state.registers[instruction.a] = .cell
    case .methodGet:
      state.registers[instruction.a] = .value
      state.registers[instruction.a + 1] = .value
    case .classCreate: state.registers[instruction.a + 1] = .value
    case .sortStep:
      for offset in [0, 1, callHeaderSize, callHeaderSize + 1] { state.registers[instruction.a + offset] = .value }
    case .iteratorOpen, .forInOpen:
      state.registers[instruction.a] = opcode == .forInOpen ? .enumeration : .iterator
      state.registers[instruction.a + 1] = .iteratorRest
      state.registers[instruction.a + 2] = .iteratorRest
    case .delegateOpen:
      for register in instruction.a..<instruction.a + 2 { state.registers[register] = .value }
    case .yield, .yieldDelegate, .generatorStart:
      // What stands above the registers that are kept is lost.
      let kept = opcode == .generatorStart ? instruction.a : instruction.c
      guard kept <= registerCount, block.kind.isGenerator else { throw VerifierError(.registerOutOfRange, pc: pc) }
      state.registers[registerCount] = .value
      for register in kept..<registerCount { state.registers[register] = .garbage }
      if opcode == .yield { state.registers[instruction.a] = .value }
    case .move: state.registers[instruction.a] = state.registers[instruction.b]
    default:
      if info.a == .write { state.registers[instruction.a] = .value }
      if info.b == .write { state.registers[instruction.b] = .value }
    }
  }

  private func read(
    _ opcode: Opcode, _ instruction: Instruction, _ pc: Int, _ state: FrameState
  ) throws(VerifierError) {
    let info = opcode.cachedInfo
    switch opcode {
    case .yield, .yieldDelegate, .generatorReturn: try require(.value, registerCount, pc, state)
    case .cellInit, .cellSet:
      try require(.cell, instruction.a, pc, state)
      try require(.value, instruction.b, pc, state)
      return
    case .cellGet, .cellGetRaw: return try require(.cell, instruction.b, pc, state)
    case .bindThis:
      try require(.cell, instruction.a, pc, state)
      return try require(.value, instruction.b, pc, state)
    case .superGet, .superSet:
      // Receiver and base stand in two registers.
      let base = (opcode == .superGet ? instruction.b : instruction.a) + 1
      guard base < registerCount else { throw VerifierError(.registerOutOfRange, pc: pc) }
      try require(.value, base, pc, state)
    case .move:
      let kind = state.registers[instruction.b]
      if kind != .value && kind != .cell { throw VerifierError(.registerNotReady, pc: pc) }
      return
    case .iteratorNext, .iteratorNextFixed, .iteratorFix, .iteratorClose, .forInNext:
      try require(opcode == .forInNext ? .enumeration : .iterator, instruction.a, pc, state)
      try require(.iteratorRest, instruction.a + 1, pc, state)
      return try require(.iteratorRest, instruction.a + 2, pc, state)
    default: break
    }
    if info.a == .read || info.a == .update { try require(.value, instruction.a, pc, state) }
    guard info.layout == .abc else { return }
    if info.b == .read { try require(.value, instruction.b, pc, state) }
    if info.c == .read { try require(.value, instruction.c, pc, state) }
    if info.b == .readRange { try requireValues(instruction.b, instruction.c, pc, state) }
    if info.c == .readRange { try requireValues(instruction.c, Int(block.words[pc + 1]), pc, state) }
    if info.a == .window { try readWindow(opcode, instruction, pc, state) }
  }

  private func readWindow(
    _ opcode: Opcode, _ instruction: Instruction, _ pc: Int, _ state: FrameState
  ) throws(VerifierError) {
    let a = instruction.a
    switch opcode {
    case .call, .construct:
      try require(.value, a, pc, state)
      try requireValues(a + callHeaderSize, instruction.b, pc, state)
    case .callMethod, .superCall:
      try requireValues(a, 2, pc, state)
      try requireValues(a + callHeaderSize, instruction.b, pc, state)
    case .arrayPush:
      try require(.value, a + 1, pc, state)
      try requireValues(a + callHeaderSize, instruction.b, pc, state)
    case .callSpread, .superCallSpread:
      try requireValues(a, 2, pc, state)
      try require(.value, a + callHeaderSize, pc, state)
    case .constructSpread:
      try require(.value, a, pc, state)
      try require(.value, a + callHeaderSize, pc, state)
    case .classCreate, .sortStep: try require(.value, a, pc, state)
    case .iteratorStep: try requireValues(a, 2, pc, state)
    case .delegateStep, .yieldDelegate: try requireValues(a, 4, pc, state)
    default: break
    }
  }

  private func requireValues(_ first: Int, _ count: Int, _ pc: Int, _ state: FrameState) throws(VerifierError) {
    for register in first..<first + count { try require(.value, register, pc, state) }
  }

  private func require(_ kind: RegisterState, _ register: Int, _ pc: Int, _ state: FrameState) throws(VerifierError) {
    if state.registers[register] != kind { throw VerifierError(.registerNotReady, pc: pc) }
  }
}

extension Opcode {
  /// Whether a frame is put on the window, so that everything from operand A on is lost but the result in A.
  public var callsThroughWindow: Bool {
    switch self {
    case .call, .callMethod, .callSpread, .construct, .constructSpread, .superCall, .superCallSpread, .arrayPush: true
    default: false
    }
  }

  /// Whether nothing is written when the instruction jumps.
  fileprivate var leavesOperandsOnJump: Bool {
    stepsIterator || self == .forInNext || self == .sortStep
  }
}
