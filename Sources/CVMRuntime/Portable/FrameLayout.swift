import CVMBytecode
import CVMDispatch

/// Which registers of a suspended frame hold something, by its code, the place it stands at, and how it waits.
struct FrameLayout {
  /// What each register holds; `garbage` for those that nothing will read before it is written.
  var registers: [RegisterState]
  /// Registers above the parameters that hold arguments which no instruction has collected yet.
  var extraArguments: Range<Int>
  /// Where the frame that was called from here begins, counted from this one; 0 for the innermost.
  var calleeDistance = 0
  /// In generators: how many registers are kept.
  var keptCount = 0
  /// The instruction that waits; nil for the innermost frame.
  var instruction: Int?

  /// The innermost frame, before the instruction at `pc`.
  init?(innermost code: LoadedCode, pc: Int, argumentCount: Int, answerRegister: Int?) {
    guard let states = code.registerUse?.before(pc) else { return nil }
    registers = states
    if let answerRegister {
      guard answerRegister < registers.count,
        registers[answerRegister] == .value || registers[answerRegister] == .garbage
      else { return nil }
      registers[answerRegister] = .garbage
    }
    extraArguments = FrameLayout.extraArguments(code, pc, argumentCount, limit: Int.max)
  }

  /// A frame that waits for a result, which goes on at `pc` when it comes as `kind`.
  init?(waiting code: LoadedCode, pc: Int, argumentCount: Int, kind: ReturnKind) {
    guard let use = code.registerUse, let start = use.instruction(before: pc),
      let opcode = Instruction(word: code.block.words[start]).opcode, let before = use.before(start),
      FrameLayout.isPossible(kind, opcode)
    else { return nil }
    instruction = start
    registers = before
    let window = Instruction(word: code.block.words[start]).a
    if kind == .call || kind == .construct {
      calleeDistance = window + FrameHeader.size
      for register in window..<registers.count { registers[register] = .garbage }
      extraArguments = FrameLayout.extraArguments(code, start, argumentCount, limit: window)
    } else {
      calleeDistance = code.block.registerCount + FrameHeader.size
      // A method's receiver is in place before the getter of the method ends; other results come with the delivery.
      if opcode == .methodGet { registers[window + 1] = .value }
      extraArguments = FrameLayout.extraArguments(code, start, argumentCount, limit: code.block.registerCount)
    }
  }

  /// A frame that is kept in a generator, which goes on at `pc`. `instruction` is where it was suspended.
  init?(suspended code: LoadedCode, pc: Int) {
    guard code.block.kind.isGenerator, let use = code.registerUse, let start = use.instruction(before: pc),
      let opcode = Instruction(word: code.block.words[start]).opcode
    else { return nil }
    let word = Instruction(word: code.block.words[start])
    let states: [RegisterState]?
    var kept = word.c
    var replaced: Range<Int>
    switch opcode {
    case .generatorStart:
      states = use.before(pc)
      kept = word.a
      replaced = 0..<0
    case .yield:
      states = use.before(start)
      replaced = word.a..<word.a + 1
    case .yieldDelegate:
      states = use.before(start)
      replaced = word.a + 2..<word.a + 4
    default: return nil
    }
    guard var states, kept <= states.count else { return nil }
    for register in states.indices where register >= kept || replaced.contains(register) { states[register] = .garbage }
    registers = states
    keptCount = kept
    instruction = start
    extraArguments = 0..<0
  }

  /// The registers that hold something.
  var kept: [Int] { registers.indices.filter { registers[$0] != .garbage } }

  private static func extraArguments(_ code: LoadedCode, _ pc: Int, _ count: Int, limit: Int) -> Range<Int> {
    let first = code.block.parameterCount
    let end = min(count, limit)
    guard code.block.needsArgumentCount, end > first, code.collectsArguments(from: pc) else { return first..<first }
    return first..<end
  }

  /// Whether an instruction can wait for a result that is delivered in this way.
  private static func isPossible(_ kind: ReturnKind, _ opcode: Opcode) -> Bool {
    switch kind {
    case .call:
      switch opcode {
      case .call, .callMethod, .callSpread, .arrayPush: true
      default: false
      }
    case .construct:
      switch opcode {
      // `Reflect.construct` makes a call construct.
      case .construct, .constructSpread, .superCall, .superCallSpread, .call, .callMethod, .callSpread: true
      default: false
      }
    case .jumpIfTrue, .jumpIfFalse:
      opcode.cachedInfo.trailing.last == .jump && !opcode.stepsIterator
    case .iteratorStep: opcode.stepsIterator
    case .iteratorOpen: opcode == .iteratorOpen || opcode == .delegateOpen
    case .delegateStep: opcode == .delegateStep
    case .classPrototype: opcode == .classCreate
    case .store, .storeNot, .storeBoolean, .discard: true
    case .host: false
    }
  }
}

extension LoadedCode {
  /// Whether the number of arguments is asked for while the function runs.
  var keepsArgumentCount: Bool { block.needsArgumentCount || block.intrinsics.contains("ArgumentCount") }

  /// Whether the arguments are collected into an array or object at this place or later.
  func collectsArguments(from start: Int) -> Bool {
    var pc = 0
    while pc < block.words.count, let opcode = Instruction(word: block.words[pc]).opcode {
      if pc >= start, opcode == .rest || opcode == .createArguments { return true }
      pc += opcode.cachedInfo.wordCount
    }
    return false
  }
}

extension ReturnKind {
  /// Whether the frame's meta word says which register gets the result.
  var hasDestination: Bool {
    switch self {
    case .store, .storeNot, .storeBoolean: true
    case .call, .jumpIfTrue, .jumpIfFalse, .discard, .construct, .iteratorStep, .iteratorOpen, .host, .classPrototype,
      .delegateStep:
      false
    }
  }
}
