import CVMBytecode
import CVMDispatch

/// A frame that comes from outside.
struct RestoredFrame {
  var callee: Value
  var this: Value
  var kind: ReturnKind
  var pc: Int
  var argumentCount = 0
  var destination = 0
  var newTarget = Value.undefined
  /// In frames of generators that have started.
  var generator: Cell?
  var code: LoadedCode
  var layout: FrameLayout
  var registers: [Value] = []
  var extra: [Value] = []
}

/// What frames and suspended generators that come from outside must be like for their code to go on in them.
struct FrameRules {
  /// How many values the lists have at least that self-hosted code takes apart unseen.
  static let recordSize = 2

  let machine: Machine
  private let vm: VM

  init(_ machine: Machine) {
    self.machine = machine
    vm = machine.vm
  }

  /// A value as a program can have it.
  @inline(__always) func isPlain(_ value: Value) -> Bool {
    if value.isReference { return value.tag != Tag.cell }
    return value.isNumber || value.isBoolean || value.isNullish
  }

  /// The code of a function that frames run; nil for other values.
  func code(of callee: Value) -> LoadedCode? { callee.isObject ? vm.loadedCode(vm.cell(callee)) : nil }

  func isThis(_ value: Value) -> Bool { isPlain(value) || value == .uninitialized }

  /// Whether a frame of this code that stands at a place belongs to a generator object.
  func hasGenerator(_ code: LoadedCode, _ pc: Int, isWaiting: Bool) -> Bool {
    guard code.block.kind.isGenerator, let use = code.registerUse else { return false }
    let start = isWaiting ? use.instruction(before: pc) : pc
    return start.map { use.isGeneratorStarted($0) } ?? false
  }

  /// Whether a register can hold a value where the code takes it for something.
  func allows(_ value: Value, _ state: RegisterState, _ code: LoadedCode) -> Bool {
    let isCell = value.isReference && value.tag == Tag.cell
    return switch state {
    case .garbage: true
    case .cell: isCell && vm.cell(value).kind == .variable
    case .value:
      // Self-hosted code passes records of iterators around.
      !isCell
        || (code.block.isSelfHosted && vm.cell(value).kind == .values && vm.cell(value).shape >= Self.recordSize)
    case .iterator, .enumeration, .iteratorRest: !isCell
    }
  }

  /// What is wrong with a frame's iterations, or with the way in which it answers the one that called it; nil when nothing
  /// is. Cells must have their contents.
  func fault(_ frame: RestoredFrame, calledBy outer: RestoredFrame?) -> String? {
    for (register, state) in frame.layout.registers.iterations {
      guard register + 2 < frame.registers.count, isIteration(Array(frame.registers[register...register + 2]), state)
      else { return "an iteration of \(frame.code.displayName) is malformed" }
    }
    guard let outer else { return nil }
    if frame.kind.hasDestination {
      guard frame.destination < outer.code.block.registerCount, let instruction = outer.layout.instruction,
        let after = outer.code.registerUse?.after(instruction),
        after[frame.destination] == .value || after[frame.destination] == .garbage
      else { return "a result goes to a register of another kind" }
    }
    if frame.kind == .iteratorOpen {
      // Its result is taken apart unseen.
      guard machine.natives.selfHostedCode(Twin.openIterator.rawValue) == frame.code.number else {
        return "an iteration is opened by another function"
      }
    }
    return nil
  }

  /// What is wrong with the generators of a heap; nil when nothing is. Every frame of a generator is the only one of a
  /// generator that runs.
  func fault(_ generators: [Cell], of frames: [RestoredFrame]) -> String? {
    var running: Set<Handle> = []
    for frame in frames {
      guard let generator = frame.generator else { continue }
      guard vm.generatorState(generator) == .running,
        vm.cell(generator.value(Layout.Generator.frame)).value(Layout.values) == frame.callee,
        running.insert(vm.handle(generator)).inserted
      else { return "a frame and its generator do not fit" }
    }
    for generator in generators where vm.generatorState(generator) != .running {
      if let fault = iterationFault(of: generator) { return fault }
    }
    return nil
  }

  private func iterationFault(of generator: Cell) -> String? {
    let frame = vm.cell(generator.value(Layout.Generator.frame))
    guard let code = vm.loadedCode(vm.cell(frame.value(Layout.values))),
      let layout = FrameLayout(suspended: code, pc: Int(generator.value(Layout.Generator.position).asInt))
    else { return nil }
    let first = Layout.values + Layout.Generator.registers * 8
    for (register, state) in layout.registers.iterations {
      guard isIteration((0..<3).map { frame.value(first + (register + $0) * 8) }, state) else {
        return "an iteration of \(code.displayName) is malformed"
      }
    }
    return nil
  }

  /// How the registers of a suspended generator must be; nil where it can't stand at the place.
  func layout(of code: LoadedCode, suspendedAt position: Int, _ state: GeneratorState) -> FrameLayout? {
    guard let layout = FrameLayout(suspended: code, pc: position), let instruction = layout.instruction,
      (state == .suspendedStart) == (Instruction(word: code.block.words[instruction]).opcode == .generatorStart)
    else { return nil }
    return layout
  }

  /// The three registers of an iteration: a walk over a dense array, over keys, or with an iterator.
  private func isIteration(_ state: [Value], _ kind: RegisterState) -> Bool {
    if kind == .enumeration {
      guard state[0].isObject, vm.cell(state[0]).kind == .array, state[2].isInt, state[2].asInt >= 0 else {
        return false
      }
      let keys = vm.cell(state[0])
      guard vm.denseLength(keys) == vm.arrayLength(keys), isPlain(state[1]) else { return false }
      return (0..<vm.denseLength(keys)).allSatisfy { vm.arrayElements(keys)[$0].isString }
    }
    if state[1] == .arrayIteration {
      guard state[0].isUndefined || (state[0].isObject && vm.cell(state[0]).kind == .array) else { return false }
      return state[2].isInt
    }
    return state.allSatisfy { isPlain($0) }
  }
}

/// What the fields of the iterators of built-in objects can hold.
struct IteratorRules {
  private let vm: VM

  init(_ vm: VM) { self.vm = vm }

  /// Of what `target` names, only kind and size must be there.
  func isValid(_ kind: CellKind, _ target: Value, _ position: Value, _ delivers: Value) -> Bool {
    guard delivers.isInt, (0...(kind == .regExpStringIterator ? 3 : 2)).contains(delivers.asInt) else { return false }
    switch kind {
    case .arrayIterator:
      return !isPart(target) && position.isNumber && position.asNumber >= 0
        && position.asNumber <= 9_007_199_254_740_991 && position.asNumber == position.asNumber.rounded()
    case .regExpStringIterator: return (target.isObject || target.isUndefined) && position.isString
    case .stringIterator: return (target.isString || target.isUndefined) && position.isInt && position.asInt >= 0
    default:
      guard !target.isUndefined else { return true }
      guard isPart(target), vm.cell(target).kind == .hashTable, position.isInt else { return false }
      return position.asInt >= 0 && Int(position.asInt) <= HashTable(vm, vm.cell(target)).capacity
    }
  }

  /// Anything that is no value of a program's.
  private func isPart(_ value: Value) -> Bool {
    value.isReference ? value.tag == Tag.cell : !(value.isNumber || value.isBoolean || value.isNullish)
  }
}

extension [RegisterState] {
  /// The first registers of the iterations that can go on. When a loop is over, its other registers are used for other
  /// things while the first one still looks like an iteration.
  fileprivate var iterations: [(register: Int, state: RegisterState)] {
    indices.dropLast(2).compactMap { register in
      guard self[register] == .iterator || self[register] == .enumeration, self[register + 1] == .iteratorRest,
        self[register + 2] == .iteratorRest
      else { return nil }
      return (register, self[register])
    }
  }
}
