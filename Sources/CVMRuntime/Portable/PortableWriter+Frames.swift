import CVMBytecode
import CVMDispatch

extension PortableWriter {
  /// The frames from the outermost to the innermost.
  func writeFrames() throws(PortableError) {
    let activity = machine.portableActivity
    guard activity == .paused || activity == .stopped else {
      frames.number(0)
      return
    }
    if machine.isThrowing { throw PortableError("the run stands at an exception that is about to be caught") }
    let entries = Array(FrameWalker(vm, frame: machine.resumeFrame, pc: machine.resumePC).reversed())
    frames.number(entries.count)
    for (number, entry) in entries.enumerated() {
      let inner = number + 1 < entries.count ? entries[number + 1] : nil
      try write(entry, inner, isPaused: activity == .paused)
    }
  }

  private func write(
    _ entry: FrameWalker.Entry, _ inner: FrameWalker.Entry?, isPaused: Bool
  ) throws(PortableError) {
    let frame = entry.frame
    let link = frame[FrameHeader.link]
    guard let code = vm.loadedCode(vm.cell(frame[FrameHeader.callee])),
      let kind = ReturnKind(rawValue: UInt8(truncatingIfNeeded: link.returnKind))
    else { throw PortableError("a frame runs no code") }
    let pc = machine.code.offset(of: entry.pc, in: code)
    let generator = vm.generator(of: frame)
    let argumentCount = code.keepsArgumentCount && generator == nil ? vm.argumentCount(of: frame) : 0
    let layout: FrameLayout?
    if let inner {
      let innerKind =
        ReturnKind(rawValue: UInt8(truncatingIfNeeded: inner.frame[FrameHeader.link].returnKind)) ?? .host
      frames.byte(innerKind.rawValue)
      layout = FrameLayout(waiting: code, pc: pc, argumentCount: argumentCount, kind: innerKind)
      if let layout, frame + layout.calleeDistance != inner.frame {
        throw PortableError("a frame of \(code.displayName) waits at word \(pc) for a call of unknown place")
      }
    } else {
      if isPaused { frames.byte(UInt8(machine.answerRegister)) }
      layout = FrameLayout(
        innermost: code, pc: pc, argumentCount: argumentCount,
        answerRegister: isPaused ? machine.answerRegister : nil)
    }
    guard let layout else {
      throw PortableError("a frame of \(code.displayName) stands at word \(pc), between instructions")
    }
    notes?.add(code, pc, kind, layout, isGenerator: generator != nil)
    value(frame[FrameHeader.callee], frames)
    value(frame[FrameHeader.this], frames)
    frames.number(pc)
    if let generator {
      value(vm.objectValue(generator), frames)
    } else if code.keepsArgumentCount {
      frames.number(argumentCount)
    }
    if kind.hasDestination {
      frames.byte(UInt8(truncatingIfNeeded: frame[FrameHeader.meta].bits >> (generator == nil ? 0 : 32)))
    }
    if kind == .construct { value(newTarget(of: frame), frames) }
    for (register, state) in layout.registers.enumerated() where state != .garbage {
      value(registerValue(frame[register]), frames)
    }
    for register in layout.extraArguments { value(frame[register], frames) }
  }

  /// What a register holds; what another frame left there is not kept.
  private func registerValue(_ value: Value) -> Value {
    if value.isReference || value.isInt || value.isDouble { return value }
    return ConstantCode.specials.contains { $0 == value } ? value : .undefined
  }
}

extension LoadedCode {
  /// The function's name, for messages.
  var displayName: String {
    block.name.isEmpty ? "a function without a name" : String(decoding: block.name, as: UTF16.self)
  }
}
