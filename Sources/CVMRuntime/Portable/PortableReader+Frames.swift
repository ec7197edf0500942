import CVMBytecode
import CVMDispatch

extension PortableReader {
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
    guard let code = rules.code(of: callee) else { throw reader.error("a frame runs no code") }
    let this = try value(&reader)
    guard rules.isThis(this) else { throw reader.error("a frame's this is no value") }
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
    guard rules.hasGenerator(code, pc, isWaiting: isWaiting) else { return nil }
    let value = try value(&reader)
    guard value.isObject, vm.cell(value).kind == .generator else { throw reader.error("a frame's generator is none") }
    return vm.cell(value)
  }

  func checkGenerators(_ frames: [RestoredFrame]) throws(PortableError) {
    if let fault = rules.fault(generators, of: frames) { throw section(.frames).error(fault) }
  }

  /// A register's value, which must be of the kind that the code takes it for.
  func register(
    _ state: RegisterState, _ code: LoadedCode, _ reader: inout ByteReader
  ) throws(PortableError) -> Value {
    let value = try value(&reader)
    guard rules.allows(value, state, code) else {
      throw reader.error("a register of \(code.displayName) holds what it can't hold")
    }
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
    let limit = vm.pointee.stack + machine.limits.stackBytes / 8
    for (number, restored) in frames.enumerated() {
      guard frame + max(restored.code.block.registerCount, restored.argumentCount) + FrameHeader.size < limit else {
        throw reader.error("the frames need more than the stack has")
      }
      if let fault = rules.fault(restored, calledBy: number > 0 ? frames[number - 1] : nil) {
        throw reader.error(fault)
      }
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
}
