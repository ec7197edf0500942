import CVMBytecode
import CVMDispatch

extension PortableReader {
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

  /// The frames from the outermost on.
  ///
  /// Which registers of a frame follow is known only with the return kind of the frame that it called, so that this comes
  /// first in each record.
  func readFrames() throws(PortableError) -> [RestoredFrame] {
    var reader = section(.frames)
    var frames: [RestoredFrame] = []
    var activity = section(.machine)
    let isPaused = try activity.byte() == PortableActivity.paused.rawValue
    let count = try reader.count(of: 4)
    for number in 0..<count {
      let innerKind = number + 1 < count ? try kind(&reader) : nil
      let answer = number + 1 == count && isPaused ? Int(try reader.byte()) : nil
      if let answer { answerRegister = answer }
      let outerKind = frames.last.map { _ in pendingKind } ?? .host
      frames.append(try frame(outerKind, innerKind, answer, &reader))
      if let innerKind { pendingKind = innerKind }
    }
    try reader.requireEnd()
    return frames
  }

  private func kind(_ reader: inout ByteReader) throws(PortableError) -> ReturnKind {
    guard let kind = ReturnKind(rawValue: try reader.byte()), kind != .host else {
      throw reader.error("a frame returns in an unknown way")
    }
    return kind
  }

  private func frame(
    _ kind: ReturnKind, _ innerKind: ReturnKind?, _ answer: Int?, _ reader: inout ByteReader
  ) throws(PortableError) -> RestoredFrame {
    let callee = try plainValue(&reader)
    guard callee.isObject, vm.cell(callee).kind == .function,
      vm.cell(callee).u32(Layout.Function.code) != Layout.Function.none,
      let code = vm.loadedCode(vm.cell(callee))
    else { throw reader.error("a frame runs no code") }
    let this = try value(&reader)
    guard isPlain(this) || this == .uninitialized else { throw reader.error("a frame's this is no value") }
    let pc = try reader.number(below: code.block.words.count + 1)
    let generator = try generator(code, pc, isWaiting: innerKind != nil, callee, &reader)
    let argumentCount = code.keepsArgumentCount && generator == nil ? try reader.number(below: 65536) : 0
    let destination = kind.hasDestination ? Int(try reader.byte()) : 0
    let newTarget = kind == .construct ? try plainValue(&reader) : .undefined
    guard newTarget.isObject || newTarget.isUndefined else { throw reader.error("new.target is no object") }
    let layout =
      innerKind.map { FrameLayout(waiting: code, pc: pc, argumentCount: argumentCount, kind: $0) }
      ?? FrameLayout(innermost: code, pc: pc, argumentCount: argumentCount, answerRegister: answer)
    guard let layout else {
      throw reader.error("a frame of \(code.displayName) stands at word \(pc), where it can't be")
    }
    var frame = RestoredFrame(
      callee: callee, this: this, kind: kind, pc: pc, argumentCount: argumentCount, destination: destination,
      newTarget: newTarget, generator: generator, code: code, layout: layout)
    for state in layout.registers {
      frame.registers.append(state == .garbage ? .undefined : try register(state, code, &reader))
    }
    for _ in layout.extraArguments { frame.extra.append(try plainValue(&reader)) }
    return frame
  }

  /// The generator that a frame belongs to, where its code says that there is one.
  private func generator(
    _ code: LoadedCode, _ pc: Int, isWaiting: Bool, _ callee: Value, _ reader: inout ByteReader
  ) throws(PortableError) -> Cell? {
    guard code.block.kind.isGenerator, let use = code.registerUse else { return nil }
    let start = isWaiting ? use.instruction(before: pc) : pc
    guard let start, use.isGeneratorStarted(start) else { return nil }
    let value = try value(&reader)
    guard value.isObject, vm.cell(value).kind == .generator else { throw reader.error("a frame's generator is none") }
    return vm.cell(value)
  }

  /// Every frame of a generator is the only one of a generator that runs.
  func checkGenerators(_ frames: [RestoredFrame]) throws(PortableError) {
    var running: Set<Handle> = []
    for frame in frames {
      guard let generator = frame.generator else { continue }
      guard vm.generatorState(generator) == .running,
        vm.cell(generator.value(Layout.Generator.frame)).value(Layout.values) == frame.callee,
        running.insert(vm.handle(generator)).inserted
      else { throw section(.frames).error("a frame and its generator do not fit") }
    }
    for generator in generators where vm.generatorState(generator) != .running {
      try checkIterations(of: generator)
    }
  }

  private func checkIterations(of generator: Cell) throws(PortableError) {
    let frame = vm.cell(generator.value(Layout.Generator.frame))
    guard let code = vm.loadedCode(vm.cell(frame.value(Layout.values))),
      let layout = FrameLayout(suspended: code, pc: Int(generator.value(Layout.Generator.position).asInt))
    else { return }
    let first = Layout.values + Layout.Generator.registers * 8
    for (register, state) in layout.registers.iterations {
      guard isIteration((0..<3).map { frame.value(first + (register + $0) * 8) }, state) else {
        throw section(.values).error("an iteration of \(code.displayName) is malformed")
      }
    }
  }

  /// A register's value, which must be of the kind that the code takes it for.
  func register(
    _ state: RegisterState, _ code: LoadedCode, _ reader: inout ByteReader
  ) throws(PortableError) -> Value {
    let value = try value(&reader)
    let isCell = value.isReference && value.tag == Tag.cell
    let isValid: Bool
    switch state {
    case .garbage: isValid = true
    case .cell: isValid = isCell && vm.cell(value).kind == .variable
    case .value:
      // Self-hosted code passes records of iterators around.
      isValid = !isCell || (code.block.isSelfHosted && vm.cell(value).kind == .values)
    case .iterator, .enumeration, .iteratorRest: isValid = !isCell
    }
    guard isValid else { throw reader.error("a register of \(code.displayName) holds what it can't hold") }
    return value
  }

  // MARK: Installing

  func install(_ frames: [RestoredFrame], _ state: State) throws(PortableError) {
    let isRunning = state.activity == .paused || state.activity == .stopped
    let reader = section(.frames)
    guard frames.isEmpty != isRunning else { throw reader.error("frames and state do not fit") }
    machine.abandonRun()
    switch state.activity {
    case .idle: vm.pointee.result = state.value
    case .threw:
      vm.pointee.exception = state.value
      machine.state = .threw
    case .paused, .stopped: break
    }
    guard isRunning else { return }
    // As `call` lays it out: the host's window begins at the second register.
    var frame = vm.pointee.stack + 1 + FrameHeader.size
    var caller = vm.pointee.stack
    var returnPC = machine.code.haltPC
    let limit = vm.pointee.stack + min(machine.limits.stackBytes, 1 << 32) / 8
    for (number, restored) in frames.enumerated() {
      guard frame + max(restored.code.block.registerCount, restored.argumentCount) + FrameHeader.size < limit else {
        throw reader.error("the frames need more than the stack has")
      }
      try check(restored, frames, number, reader)
      frame[FrameHeader.callee] = restored.callee
      frame[FrameHeader.this] = restored.this
      frame[FrameHeader.link] = vm.makeLink(returnPC, frame - caller, restored.kind)
      frame[FrameHeader.meta] = meta(restored)
      for (register, value) in restored.registers.enumerated() { frame[register] = value }
      for (register, value) in zip(restored.layout.extraArguments, restored.extra) { frame[register] = value }
      returnPC = vm.pointee.code + Int(vm.pointee.codes[restored.code.number].entry) + restored.pc
      caller = frame
      if number + 1 < frames.count { frame += restored.layout.calleeDistance }
    }
    machine.resumeFrame = frame
    machine.resumePC = returnPC
    vm.pointee.frame = frame
    vm.pointee.pc = machine.code.haltPC
    machine.outputBytes = state.outputBytes
    if state.activity == .paused {
      machine.pausePrompt = state.value
      machine.answerRegister = state.answerRegister
      machine.state = .paused
    } else {
      machine.state = .stopped(.instructionLimit)
    }
  }

  private func meta(_ frame: RestoredFrame) -> Value {
    if let generator = frame.generator {
      return Value(bits: vm.objectValue(generator).bits | UInt64(frame.destination) << 32)
    }
    if frame.kind == .construct { return Value(bits: frame.newTarget.bits | UInt64(frame.argumentCount) << 32) }
    return Value(bits: UInt64(frame.argumentCount) << 32 | UInt64(frame.destination))
  }

  /// What can be said only now that the cells have contents: iterations, and who may answer in which way.
  private func check(
    _ frame: RestoredFrame, _ frames: [RestoredFrame], _ number: Int, _ reader: ByteReader
  ) throws(PortableError) {
    for (register, state) in frame.layout.registers.iterations {
      guard register + 2 < frame.registers.count, isIteration(Array(frame.registers[register...register + 2]), state)
      else {
        throw reader.error("an iteration of \(frame.code.displayName) is malformed")
      }
    }
    guard number > 0 else { return }
    let outer = frames[number - 1]
    if frame.kind.hasDestination {
      guard frame.destination < outer.code.block.registerCount, let instruction = outer.layout.instruction,
        let after = outer.code.registerUse?.after(instruction),
        after[frame.destination] == .value || after[frame.destination] == .garbage
      else { throw reader.error("a result goes to a register of another kind") }
    }
    if frame.kind == .iteratorOpen {
      // Its result is taken apart unseen.
      guard machine.natives.selfHostedCode(Twin.openIterator.rawValue) == frame.code.number else {
        throw reader.error("an iteration is opened by another function")
      }
    }
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
