import CVMBytecode
import CVMDispatch

/// Reads the frames of a stack that comes from outside, whose words name sound cells.
struct FrameReader {
  struct Fault: Error {
    let message: String
  }

  /// A frame as its header tells it.
  private struct Place {
    let frame: Int
    let pc: Int
    let kind: ReturnKind
    let code: LoadedCode
  }

  private let machine: Machine
  private let vm: VM
  private let run: SuspendedRun
  private let rules: FrameRules

  init(_ machine: Machine, _ run: SuspendedRun) {
    self.machine = machine
    self.run = run
    vm = machine.vm
    rules = FrameRules(machine)
  }

  /// From the outermost on.
  func read() throws(Fault) -> [RestoredFrame] {
    guard let innermost = rules.code(of: word(run.frame, FrameHeader.callee)),
      run.frame + innermost.block.registerCount <= run.stack.count
    else { throw Fault(message: "the innermost frame is cut off") }
    guard run.stack.count * 8 <= min(machine.limits.stackBytes, 1 << 32) else {
      throw Fault(message: "the frames need more than the stack has")
    }
    if run.isPaused, !run.prompt.isString { throw Fault(message: "the question of a CC is no string") }
    let places = try places().reversed() as [Place]
    var frames: [RestoredFrame] = []
    for (number, place) in places.enumerated() {
      let inner = number + 1 < places.count ? places[number + 1] : nil
      let frame = try restored(place, inner)
      if let inner, inner.frame - place.frame != frame.layout.calleeDistance {
        throw Fault(message: "a frame is not where it was called")
      }
      if let fault = rules.fault(frame, calledBy: frames.last) { throw Fault(message: fault) }
      frames.append(frame)
    }
    return frames
  }

  /// Undefined where the stack has no such word.
  private func word(_ frame: Int, _ offset: Int) -> Value {
    run.stack.indices.contains(frame + offset) ? Value(bits: run.stack[frame + offset]) : .undefined
  }

  /// From the innermost to the outermost one.
  private func places() throws(Fault) -> [Place] {
    var places: [Place] = []
    // As `call` lays it out: the host's window begins at the second register.
    let outermost = 1 + FrameHeader.size
    var (frame, pc) = (run.frame, run.pc)
    while true {
      guard frame >= outermost, frame <= run.stack.count, let code = rules.code(of: word(frame, FrameHeader.callee))
      else { throw Fault(message: "a frame runs no code") }
      let link = word(frame, FrameHeader.link).bits
      let entry = Int(vm.pointee.codes[code.number].entry)
      guard let kind = ReturnKind(rawValue: UInt8(truncatingIfNeeded: link >> 48)), link >> 56 == 0,
        pc >= entry, pc <= entry + code.block.words.count
      else { throw Fault(message: "a frame of \(code.displayName) returns in an unknown way") }
      places.append(Place(frame: frame, pc: pc - entry, kind: kind, code: code))
      let caller = frame - Int(link >> 32 & 0xffff)
      if kind == .host {
        guard frame == outermost, caller == 0, link & 0xffff_ffff == 0 else {
          throw Fault(message: "a frame of the host's is not the outermost")
        }
        return places
      }
      guard caller < frame, link & 3 == 0 else { throw Fault(message: "a frame returns in an unknown way") }
      (frame, pc) = (caller, Int(link & 0xffff_ffff) / 4)
    }
  }

  private func restored(_ place: Place, _ inner: Place?) throws(Fault) -> RestoredFrame {
    let code = place.code
    let meta = word(place.frame, FrameHeader.meta)
    let this = word(place.frame, FrameHeader.this)
    guard rules.isThis(this) else { throw Fault(message: "a frame's this is no value") }
    let generator = try generator(place, meta, isWaiting: inner != nil)
    let argumentCount = code.keepsArgumentCount && generator == nil ? Int(meta.bits >> 32 & 0xffff) : 0
    let layout: FrameLayout?
    if let inner {
      layout = FrameLayout(waiting: code, pc: place.pc, argumentCount: argumentCount, kind: inner.kind)
    } else {
      layout = FrameLayout(
        innermost: code, pc: place.pc, argumentCount: argumentCount,
        answerRegister: run.isPaused ? run.answerRegister : nil)
    }
    guard let layout else {
      throw Fault(message: "a frame of \(code.displayName) stands at word \(place.pc), where it can't be")
    }
    var frame = RestoredFrame(
      callee: word(place.frame, FrameHeader.callee), this: this, kind: place.kind, pc: place.pc,
      argumentCount: argumentCount, generator: generator, code: code, layout: layout)
    if place.kind.hasDestination {
      frame.destination = Int(generator == nil ? meta.bits & 0xff : meta.bits >> 32 & 0xff)
    }
    if place.kind == .construct, generator == nil {
      frame.newTarget = Value(bits: meta.bits & ~(0xffff << 32))
      guard frame.newTarget.isObject || frame.newTarget.isUndefined else {
        throw Fault(message: "new.target is no object")
      }
    }
    try readRegisters(place, layout, &frame)
    return frame
  }

  private func readRegisters(_ place: Place, _ layout: FrameLayout, _ frame: inout RestoredFrame) throws(Fault) {
    for (register, state) in layout.registers.enumerated() {
      let value = word(place.frame, register)
      guard rules.allows(value, state, place.code) else {
        throw Fault(message: "a register of \(place.code.displayName) holds what it can't hold")
      }
      frame.registers.append(value)
    }
    for register in layout.extraArguments {
      guard rules.isPlain(word(place.frame, register)) else {
        throw Fault(message: "an argument is no value")
      }
    }
  }

  /// The generator that a frame belongs to, where its code says that there is one.
  private func generator(_ place: Place, _ meta: Value, isWaiting: Bool) throws(Fault) -> Cell? {
    guard rules.hasGenerator(place.code, place.pc, isWaiting: isWaiting) else { return nil }
    guard meta.isObject, vm.cell(meta).kind == .generator else { throw Fault(message: "a frame's generator is none") }
    return vm.cell(meta)
  }
}
