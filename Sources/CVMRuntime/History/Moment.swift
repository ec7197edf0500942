import CVMDispatch

/// What a moment between two statements consists of beside the heap's cells. Small: copies share their storage.
struct Moment {
  var globals: GlobalTable.Mark
  var console: ConsoleState
  /// Set while a program waits for an answer.
  var run: SuspendedRun?
}

/// The stack and the registers of a machine that stands still inside a program.
struct SuspendedRun {
  /// Whether it waits for the answer to a `CC`; else the host stopped it.
  var isPaused: Bool
  /// Whether it stopped at an exception, which is the prompt.
  var isThrowing = false
  /// Rounds of loops and calls before.
  var eventCount = 0
  /// The registers in use, from the start of the stack.
  var stack: [UInt64]
  /// The innermost frame, counted in registers from the start of the stack.
  var frame: Int
  /// Where it goes on, counted in words from the start of the code.
  var pc: Int
  var answerRegister: Int
  var prompt: Value
}

extension Machine {
  /// What the machine consists of now, beside the heap's cells.
  func moment() -> Moment {
    Moment(globals: globals.mark, console: console, run: suspendedRun())
  }

  func suspendedRun() -> SuspendedRun? {
    guard resumeFrame != vm.pointee.stack else { return nil }
    let isPaused: Bool
    switch state {
    case .paused: isPaused = true
    case .stopped: isPaused = false
    case .running, .completed, .threw: return nil
    }
    let count = top(of: resumeFrame, at: resumePC) - vm.pointee.stack
    let words = UnsafeMutableRawPointer(vm.pointee.stack).assumingMemoryBound(to: UInt64.self)
    return SuspendedRun(
      isPaused: isPaused, isThrowing: isThrowing, eventCount: eventCount,
      stack: Array(UnsafeBufferPointer(start: words, count: count)),
      frame: resumeFrame - vm.pointee.stack,
      pc: resumePC - vm.pointee.code, answerRegister: isPaused ? answerRegister : 0,
      prompt: isPaused || isThrowing ? pausePrompt : .undefined)
  }

  /// Puts back everything but the heap's cells and the bindings, and ends what inline caches assume.
  func restore(_ moment: Moment, bindingsChanged: Bool) {
    console = moment.console
    // The generators of the frames that are dropped are in the heap as it was at that moment.
    forgetRun()
    if let run = moment.run { restore(run) }
    atoms.repair()
    shapes.markPrototypes()
    vm.prototypeChanged()
    if bindingsChanged { code.clearCaches() }
  }

  func restore(_ run: SuspendedRun) {
    let words = UnsafeMutableRawPointer(vm.pointee.stack).assumingMemoryBound(to: UInt64.self)
    run.stack.withUnsafeBufferPointer { words.update(from: $0.baseAddress!, count: $0.count) }
    resumeFrame = vm.pointee.stack + run.frame
    resumePC = vm.pointee.code + run.pc
    vm.pointee.frame = resumeFrame
    answerRegister = run.answerRegister
    pausePrompt = run.prompt
    isThrowing = run.isThrowing
    eventBase = run.eventCount
    vm.pointee.budget = 0
    sliceStart = 0
    state = run.isPaused ? .paused : .stopped(.instructionLimit)
  }
}
